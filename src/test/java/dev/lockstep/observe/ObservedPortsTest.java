package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ObservedPortsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final SecretValue secret = SecretValue.of("correct-horse-battery");

    @BeforeEach
    void start() {
        context.registerBean(MeterRegistry.class, () -> registry);
        context.register(TestBeans.class);
        context.refresh();
        context.getBeanProvider(LedgerGauges.class).forEach(gauges -> gauges.bindTo(registry));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void a_wrapped_target_can_switch_accounts_off_exactly_when_the_original_can() {
        Target target = target();

        assertThat(target).isNotSameAs(original()).isInstanceOf(Target.Disables.class);
        ((Target.Disables) target).disable(Samples.ACCOUNT);
        assertThat(original().disabled).isEqualTo("orders_app");
        assertThat(context.getBean(AdapterCare.class).of(new FakeTarget(), Samples.TARGET))
                .isNotInstanceOf(Target.Disables.class);
    }

    @Test
    void an_adapter_keeps_its_type_and_a_target_its_answers() {
        assertThat(context.getBean(TargetAdapter.class).type()).isEqualTo("postgresql");
        assertThat(target().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(target().health().up()).isTrue();
        assertThat(target()).hasToString(original().toString()).isNotEqualTo(original());
    }

    @Test
    void a_store_is_redacted_and_timed() {
        SecretStore store = context.getBean(StoreAdapter.class).open(Samples.STORE);

        assertThatThrownBy(() -> store.stage(new SecretRef(Samples.NAME, 1), secret))
                .isInstanceOf(RetryableException.class)
                .hasMessageNotContaining("correct-horse");

        assertThat(scrape())
                .contains("lockstep_store_call_seconds_count{method=\"stage\",name=\"vault\","
                        + "outcome=\"internal-error\",type=\"embedded\"} 1");
    }

    @Test
    void calls_of_a_target_are_timed_by_method_and_outcome() {
        Target target = target();
        target.verify(Samples.ACCOUNT, secret);
        original().failure = given -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "no answer");
        assertThat(catchThrowable(() -> target.apply(Samples.ACCOUNT, secret))).isNotNull();
        original().health = new dev.lockstep.domain.Health(false, "no answer");
        target.health();
        target.timeout();

        assertThat(scrape())
                .contains("lockstep_target_call_seconds_count{method=\"verify\",name=\"orders-db\","
                        + "outcome=\"ok\",type=\"postgresql\"} 1")
                .contains("lockstep_target_call_seconds_count{method=\"apply\",name=\"orders-db\","
                        + "outcome=\"target-unreachable\",type=\"postgresql\"} 1")
                .contains("lockstep_target_call_seconds_count{method=\"health\",name=\"orders-db\","
                        + "outcome=\"down\",type=\"postgresql\"} 1")
                .doesNotContain("method=\"timeout\"");
    }

    @Test
    void an_operation_is_timed_from_request_to_end() {
        ledger().operations
                .add(Samples.operation(
                        17, OperationStatus.RUNNING, FailureCode.VERIFY_REFUSED, Samples.NOW.minusSeconds(90)));

        assertThat(context.getBean(Operations.class).close(17, Outcome.KEPT_PREVIOUS))
                .isTrue();
        assertThat(context.getBean(Operations.class).close(17, Outcome.KEPT_PREVIOUS))
                .isFalse();

        assertThat(scrape())
                .contains("lockstep_operation_seconds_count{failure=\"verify-refused\",outcome=\"kept-previous\","
                        + "process=\"rotation\",strategy=\"in-place\",target_type=\"postgresql\"} 1")
                .contains("lockstep_operation_seconds_sum{failure=\"verify-refused\",outcome=\"kept-previous\","
                        + "process=\"rotation\",strategy=\"in-place\",target_type=\"postgresql\"} 90.0");
    }

    @Test
    void a_failure_on_the_way_to_success_is_not_the_operations_failure() {
        ledger().operations.add(Samples.operation(17, OperationStatus.RUNNING, FailureCode.TARGET_BUSY, Samples.NOW));

        context.getBean(Operations.class).close(17, Outcome.ROTATED);

        assertThat(scrape()).contains("failure=\"none\",outcome=\"rotated\"");
    }

    @Test
    void an_operation_whose_end_is_rolled_back_is_not_counted() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:observed-ports");
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        Operations operations = context.getBean(Operations.class);
        ledger().operations.add(Samples.operation(17, OperationStatus.RUNNING, null, Samples.NOW));
        ledger().operations.add(Samples.operation(18, OperationStatus.RUNNING, null, Samples.NOW));

        transaction.executeWithoutResult(status -> {
            operations.close(17, Outcome.ROTATED);
            status.setRollbackOnly();
        });
        assertThat(scrape()).doesNotContain("lockstep_operation_seconds_count");

        transaction.executeWithoutResult(status -> {
            operations.close(18, Outcome.ROTATED);
            assertThat(scrape()).doesNotContain("lockstep_operation_seconds_count");
        });
        assertThat(scrape()).contains("lockstep_operation_seconds_count");
    }

    @Test
    void failed_attempts_are_counted_by_step_and_code() {
        context.getBean(Attempts.class)
                .fail(Samples.attempt(Step.PROVE_DEAD), new RetryableException(FailureCode.STILL_ALIVE, "alive"));

        assertThat(scrape()).contains("lockstep_step_failures_total{code=\"still-alive\",step=\"prove-dead\"} 1.0");
    }

    @Test
    void gauges_show_what_waits_and_what_is_due() {
        ledger().backlog = 3;
        ledger().operations.add(Samples.operation(1, OperationStatus.QUEUED, null, Samples.NOW.minusSeconds(40)));
        ledger().operations.add(Samples.operation(2, OperationStatus.QUARANTINED, FailureCode.DRIFT, Samples.NOW));
        ledger().entries.add(Samples.entry(Samples.NOW.minusSeconds(3600)));
        ledger().entries.add(Samples.entry(Samples.NOW.plusSeconds(3600)));
        ledger().entries.add(Samples.entry(null));

        assertThat(scrape())
                .contains("lockstep_dispatch_backlog 3.0")
                .contains("lockstep_dispatch_oldest_seconds 40.0")
                .contains("lockstep_operations_active{status=\"quarantined\"} 1.0")
                .contains("lockstep_operations_active{status=\"running\"} 0.0")
                .contains("lockstep_operations_failing 1.0")
                .contains("lockstep_credentials{status=\"active\"} 3.0")
                .contains("lockstep_rotation_overdue_seconds 3600.0");
    }

    @Test
    void a_scrape_reads_the_ledger_once_and_the_next_one_not_at_all() {
        scrape();
        scrape();
        assertThat(ledger().reads).isEqualTo(1);

        context.getBean(TestClock.class).advance(Duration.ofSeconds(11));
        scrape();
        assertThat(ledger().reads).isEqualTo(2);
    }

    @Test
    void a_bean_with_several_ports_keeps_them_all() {
        assertThat(context.getBean(Operations.class))
                .isInstanceOf(Dispatch.class)
                .isInstanceOf(Attempts.class);
    }

    @Test
    void no_meter_names_a_credential() {
        an_operation_is_timed_from_request_to_end();
        calls_of_a_target_are_timed_by_method_and_outcome();

        assertThat(scrape()).doesNotContain(Samples.NAME.value()).doesNotContain("orders_app");
    }

    private String scrape() {
        return registry.scrape();
    }

    private Target target() {
        return context.getBean(TargetAdapter.class).open(Samples.TARGET);
    }

    private FakeTarget.Disabling original() {
        return context.getBean(FakeTarget.Disabling.class);
    }

    private FakeLedger ledger() {
        return context.getBean(TestBeans.Ledger.class).original();
    }
}
