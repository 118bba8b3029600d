package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows calls to a target or store inside the step that makes them; calls outside of a trace leave no span. */
final class CallSpans implements Around {

    private final Spans spans;
    private final String kind;
    private final Endpoint endpoint;

    /** @param kind {@code target} or {@code store} */
    CallSpans(Spans spans, String kind, Endpoint endpoint) {
        this.spans = spans;
        this.kind = kind;
        this.endpoint = endpoint;
    }

    @Override
    public @Nullable Object call(Call call) throws Throwable {
        if (!call.outside() || !Span.current().getSpanContext().isSampled()) {
            return call.proceed();
        }
        Span span = spans.call(kind, endpoint, call.name());
        try (Scope scope = span.makeCurrent()) {
            Object result = call.proceed();
            Spans.succeed(span);
            if (result instanceof Enum<?> answer) {
                span.setAttribute("lockstep.answer", answer.name().toLowerCase(Locale.ROOT));
            }
            return result;
        } catch (Throwable failure) {
            Spans.fail(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }
}
