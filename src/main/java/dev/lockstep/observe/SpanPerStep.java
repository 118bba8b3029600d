package dev.lockstep.observe;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.StepTracer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;

/** One span per step, and the operation's name in every log line that the step causes. */
final class SpanPerStep implements StepTracer {

    private final Spans spans;

    SpanPerStep(Spans spans) {
        this.spans = spans;
    }

    @Override
    public <T> T step(Operation operation, String step, Supplier<T> body) {
        Span span = spans.step(operation, step);
        try (LogContext log = LogContext.of(operation);
                Scope scope = span.makeCurrent()) {
            T result = body.get();
            Spans.succeed(span);
            return result;
        } catch (RuntimeException | Error failure) {
            Spans.fail(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }
}
