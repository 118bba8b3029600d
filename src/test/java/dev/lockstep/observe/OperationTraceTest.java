package dev.lockstep.observe;

import static dev.lockstep.observe.OtlpReceiver.attributes;
import static dev.lockstep.observe.OtlpReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Operations;
import dev.lockstep.port.StepTracer;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class OperationTraceTest {

    private static final String SECRET = "correct-horse-battery";

    private final OtlpReceiver receiver = new OtlpReceiver();
    private final SecretValue secret = SecretValue.of(SECRET);
    private final Operation operation = Samples.operation(
            17, OperationStatus.RUNNING, FailureCode.TARGET_UNREACHABLE, Samples.NOW.minus(Duration.ofDays(3)));

    private final ApplicationContextRunner silentNode = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(
                    OpenTelemetryAutoConfiguration.class,
                    OpenTelemetryTracingAutoConfiguration.class,
                    OtlpTracingAutoConfiguration.class,
                    MicrometerTracingAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withUserConfiguration(TestBeans.class);
    private final ApplicationContextRunner node =
            silentNode.withPropertyValues("management.otlp.tracing.endpoint=" + receiver.endpoint());

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void the_steps_of_an_operation_share_a_trace_across_nodes_and_its_root_spans_it_all() {
        node.run(first -> {
            verify(first);
            flush(first);
        });
        node.run(second -> {
            applyInVain(second);
            close(second);
            flush(second);
        });

        Span root = receiver.span("rotation");
        Span verify = receiver.span("Verify new version");
        Span apply = receiver.span("Apply to target");
        assertThat(receiver.spans())
                .hasSize(5)
                .allMatch(span -> span.getTraceId().equals(root.getTraceId()));
        assertThat(root.getParentSpanId().isEmpty()).isTrue();
        assertThat(verify.getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(apply.getParentSpanId()).isEqualTo(root.getSpanId()).isNotEqualTo(verify.getSpanId());
        assertThat(receiver.span("target verify").getParentSpanId()).isEqualTo(verify.getSpanId());
        assertThat(receiver.span("target apply").getParentSpanId()).isEqualTo(apply.getSpanId());
        assertThat(hex(root.getTraceId()))
                .isEqualTo(OperationTrace.of(operation).traceId());
        assertThat(receiver.services()).containsExactly("lockstep");
    }

    @Test
    void the_root_lasts_from_request_to_end_and_tells_how_it_ended() {
        node.run(context -> {
            close(context);
            flush(context);
        });

        Span root = receiver.span("rotation");
        assertThat(instant(root.getStartTimeUnixNano())).isEqualTo(operation.queuedAt());
        assertThat(instant(root.getEndTimeUnixNano())).isEqualTo(Samples.NOW);
        assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(root))
                .containsEntry("lockstep.operation", "op-17")
                .containsEntry("lockstep.credential", Samples.NAME.value())
                .containsEntry("lockstep.process", "rotation")
                .containsEntry("lockstep.target.type", "postgresql")
                .containsEntry("lockstep.strategy", "in-place")
                .containsEntry("lockstep.outcome", "kept-previous")
                .containsEntry("lockstep.failure", "target-unreachable");
    }

    @Test
    void spans_of_steps_and_calls_tell_what_was_done_and_how_it_ended() {
        node.run(context -> {
            verify(context);
            applyInVain(context);
            flush(context);
        });

        assertThat(attributes(receiver.span("Verify new version")))
                .containsEntry("lockstep.operation", "op-17")
                .containsEntry("lockstep.credential", Samples.NAME.value())
                .containsEntry("lockstep.step", "Verify new version")
                .containsEntry("lockstep.round", "1")
                .containsEntry("lockstep.outcome", "ok");
        Span call = receiver.span("target verify");
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(call))
                .containsEntry("lockstep.target", "orders-db")
                .containsEntry("lockstep.target.type", "postgresql")
                .containsEntry("lockstep.answer", "refused");
        Span apply = receiver.span("Apply to target");
        assertThat(apply.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(apply))
                .containsEntry("lockstep.outcome", "failed")
                .containsEntry("lockstep.failure", "target-unreachable")
                .containsEntry("error.type", RetryableException.class.getName());
    }

    @Test
    void no_secret_is_ever_exported() {
        node.run(context -> {
            applyInVain(context);
            flush(context);
        });

        assertThat(receiver.spans()).isNotEmpty();
        assertThat(receiver.everything()).doesNotContain(SECRET);
    }

    @Test
    void a_call_outside_of_a_step_leaves_no_span() {
        node.run(context -> {
            target(context).health();
            target(context).verify(Samples.ACCOUNT, secret);
            flush(context);
        });

        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void nothing_is_traced_unless_an_endpoint_is_configured() {
        silentNode.run(context -> {
            assertThat(context).doesNotHaveBean(SpanExporter.class);
            assertThat(traced(context)).isFalse();
        });
        node.withPropertyValues("management.tracing.enabled=false")
                .run(context -> assertThat(traced(context)).isFalse());
        node.run(context -> assertThat(traced(context)).isTrue());
    }

    @Test
    void a_collector_that_is_down_does_not_disturb_the_step() {
        receiver.close();

        node.run(context -> {
            verify(context);
            flush(context);
        });
    }

    @Test
    void log_lines_of_a_step_carry_its_operation_and_credential() {
        silentNode.run(context -> {
            MDC.put("lockstep.operation", "op-1");
            String seen = context.getBean(StepTracer.class)
                    .step(
                            operation,
                            "Stage new version",
                            () -> MDC.get("lockstep.operation") + " " + MDC.get("lockstep.credential"));

            assertThat(seen).isEqualTo("op-17 prod/shop/postgres/orders-app");
            assertThat(MDC.get("lockstep.operation")).isEqualTo("op-1");
            assertThat(MDC.get("lockstep.credential")).isNull();
            MDC.remove("lockstep.operation");
        });
    }

    @Test
    void two_operations_do_not_share_a_trace_and_lost_digits_of_a_second_do_not_change_it() {
        Instant at = Samples.NOW;
        OperationTrace trace = OperationTrace.of(Samples.operation(17, OperationStatus.QUEUED, null, at));

        assertThat(OperationTrace.of(Samples.operation(17, OperationStatus.CLOSED, null, at.minusNanos(999))))
                .isEqualTo(trace);
        assertThat(OperationTrace.of(Samples.operation(18, OperationStatus.QUEUED, null, at))
                        .traceId())
                .isNotEqualTo(trace.traceId());
        assertThat(OperationTrace.of(Samples.operation(17, OperationStatus.QUEUED, null, at.plusSeconds(1)))
                        .traceId())
                .isNotEqualTo(trace.traceId());
    }

    private void verify(ApplicationContext context) {
        context.getBean(StepTracer.class)
                .step(operation, "Verify new version", () -> target(context).verify(Samples.ACCOUNT, secret));
    }

    private void applyInVain(ApplicationContext context) {
        context.getBean(FakeTarget.Disabling.class).failure =
                given -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "no answer to " + Samples.text(given));
        assertThatThrownBy(() -> context.getBean(StepTracer.class).step(operation, "Apply to target", () -> {
                    target(context).apply(Samples.ACCOUNT, secret);
                    return true;
                }))
                .isInstanceOf(RetryableException.class);
    }

    private void close(ApplicationContext context) {
        context.getBean(TestBeans.Ledger.class).original().operations.add(operation);
        context.getBean(Operations.class).close(17, Outcome.KEPT_PREVIOUS);
    }

    private static Target target(ApplicationContext context) {
        return context.getBean(TargetAdapter.class).open(Samples.TARGET);
    }

    private boolean traced(ApplicationContext context) {
        return context.getBean(StepTracer.class)
                .step(
                        operation,
                        "Stage new version",
                        () -> io.opentelemetry.api.trace.Span.current()
                                .getSpanContext()
                                .isValid());
    }

    private static void flush(ApplicationContext context) {
        context.getBean(SpanProcessor.class).forceFlush().join(10, TimeUnit.SECONDS);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
