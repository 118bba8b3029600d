package dev.lockstep.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/** Random ids, except for root spans of operations, whose ids are known beforehand. */
final class FixedIds implements IdGenerator {

    private static final ThreadLocal<@Nullable OperationTrace> ROOT = new ThreadLocal<>();

    private final IdGenerator random = IdGenerator.random();

    /** Starts the root span of {@code trace}. */
    Span startRoot(SpanBuilder builder, OperationTrace trace) {
        ROOT.set(trace);
        try {
            return builder.setNoParent().startSpan();
        } finally {
            ROOT.remove();
        }
    }

    @Override
    public String generateTraceId() {
        OperationTrace fixed = ROOT.get();
        return fixed == null ? random.generateTraceId() : fixed.traceId();
    }

    @Override
    public String generateSpanId() {
        OperationTrace fixed = ROOT.get();
        return fixed == null ? random.generateSpanId() : fixed.rootSpanId();
    }
}
