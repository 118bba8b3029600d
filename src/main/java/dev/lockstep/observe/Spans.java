package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;

/**
 * Makes the spans of operations: each one is sampled, and its trace has ids of its own making. They name credentials,
 * steps and failure codes, never a message or a secret.
 */
final class Spans {

    private static final String SCOPE = "dev.lockstep";

    private final boolean on;
    private final Tracer tracer;
    private final FixedIds ids;

    private Spans(boolean on, TracerProvider provider, FixedIds ids) {
        this.on = on;
        this.tracer = provider.get(SCOPE);
        this.ids = ids;
    }

    /** No spans at all. */
    static Spans off() {
        return new Spans(false, TracerProvider.noop(), new FixedIds());
    }

    /** Spans that go to the processors, whose owner shuts them down. */
    static Spans to(List<SpanProcessor> processors, Resource resource) {
        FixedIds ids = new FixedIds();
        var provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setIdGenerator(ids)
                .setSampler(Sampler.alwaysOn());
        processors.forEach(provider::addSpanProcessor);
        return new Spans(true, provider.build(), ids);
    }

    /** Starts the span of a step, a child of the operation's root. */
    Span step(Operation operation, String step) {
        if (!on) {
            return Span.getInvalid();
        }
        return tracer.spanBuilder(step)
                .setParent(OperationTrace.of(operation).parent())
                .setAttribute("lockstep.operation", operation.label())
                .setAttribute("lockstep.credential", operation.credential().value())
                .setAttribute("lockstep.process", operation.process())
                .setAttribute("lockstep.step", step)
                .setAttribute("lockstep.round", operation.round())
                .startSpan();
    }

    /** Starts the span of a call to a target or store, a child of the current span. */
    Span call(String kind, Endpoint endpoint, String method) {
        return tracer.spanBuilder(kind + " " + method)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("lockstep." + kind, endpoint.name())
                .setAttribute("lockstep." + kind + ".type", endpoint.type())
                .startSpan();
    }

    /** Emits the root span of an ended operation, from its request to its end. */
    void root(ClosedOperation closed) {
        if (!on) {
            return;
        }
        Operation operation = closed.operation();
        Span root = ids.startRoot(
                tracer.spanBuilder(operation.process()).setStartTimestamp(operation.queuedAt()),
                OperationTrace.of(operation));
        root.setAttribute("lockstep.operation", operation.label())
                .setAttribute("lockstep.credential", operation.credential().value())
                .setAttribute("lockstep.process", operation.process())
                .setAttribute("lockstep.target.type", closed.targetType())
                .setAttribute("lockstep.strategy", closed.strategy())
                .setAttribute("lockstep.outcome", closed.outcome().label())
                .setAttribute("lockstep.failure", closed.failure());
        if (!closed.failure().equals(Failures.NONE)) {
            root.setStatus(StatusCode.ERROR, closed.failure());
        }
        root.end(closed.closedAt());
    }

    /** Marks a span as successful. */
    static void succeed(Span span) {
        span.setAttribute("lockstep.outcome", "ok");
    }

    /** Marks a span as failed, with the failure's code and type only. */
    static void fail(Span span, Throwable failure) {
        String code = Failures.anchor(failure);
        span.setAttribute("lockstep.outcome", "failed")
                .setAttribute("lockstep.failure", code)
                .setAttribute("error.type", failure.getClass().getName())
                .setStatus(StatusCode.ERROR, code);
    }
}
