package dev.lockstep.observe;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/**
 * The ids of an operation's trace. They follow from what the ledger knows, so that every thread and node finds the same
 * ones, also after days, and nothing has to be stored.
 *
 * @param traceId 32 lower-case hex digits
 * @param rootSpanId 16 lower-case hex digits
 */
record OperationTrace(String traceId, String rootSpanId) {

    /** The trace of {@code operation}; two installations that report to the same place do not share one. */
    static OperationTrace of(Operation operation) {
        // Whole seconds, because databases keep fewer digits of a second than the clock gives.
        String hash = Digests.sha256("lockstep-operation:%d:%s:%d"
                .formatted(
                        operation.id(),
                        operation.credential(),
                        operation.queuedAt().getEpochSecond()));
        return new OperationTrace(hash.substring(0, 32), hash.substring(32, 48));
    }

    /** A context in which new spans become children of the operation's root span. */
    Context parent() {
        SpanContext root = SpanContext.createFromRemoteParent(
                traceId, rootSpanId, TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(Span.wrap(root));
    }
}
