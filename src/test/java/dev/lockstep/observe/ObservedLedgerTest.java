package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Targets;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real ledger, as the application wires it, behind what observes it. */
class ObservedLedgerTest {

    private final TestDatabase database = TestDatabase.open(TestDatabase.Kind.H2);
    private final TestClock clock = TestClock.frozenAt(Samples.NOW);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @BeforeEach
    void start() {
        context.registerBean(MeterRegistry.class, () -> registry);
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(JdbcClient.class, database::jdbc);
        context.registerBean(
                NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(database.dataSource()));
        context.registerBean(PlatformTransactionManager.class, database::transactions);
        context.registerBean(AuditTrail.class, () -> event -> {});
        context.registerBean(Catalog.class, () -> new FakeCatalog());
        context.registerBean(SecretStores.class, () -> name -> new FakeStore());
        context.registerBean(Targets.class, () -> name -> new FakeTarget());
        context.register(ObserveConfiguration.class);
        context.scan("dev.lockstep.ledger");
        context.refresh();
        context.getBean(LedgerGauges.class).bindTo(registry);
        context.getBean(IncidentGauges.class).bindTo(registry);
    }

    @AfterEach
    void stop() {
        context.close();
        database.close();
    }

    @Test
    void an_operation_of_the_real_ledger_is_measured() {
        Operation operation = requested();
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        clock.advance(Duration.ofSeconds(30));

        assertThat(registry.scrape())
                .contains("lockstep_dispatch_backlog 1.0")
                .contains("lockstep_operations_active{status=\"queued\"} 1.0");
        transaction.executeWithoutResult(
                status -> context.getBean(Operations.class).close(operation.id(), Outcome.DECLINED));

        assertThat(registry.scrape())
                .contains("lockstep_operation_seconds_sum{failure=\"none\",outcome=\"declined\","
                        + "process=\"rotation\",strategy=\"in-place\",target_type=\"postgresql\"} 30.0");
    }

    @Test
    void a_failed_attempt_of_the_real_ledger_is_counted() {
        Operation operation = requested();
        Attempts attempts = context.getBean(Attempts.class);

        var attempt = attempts.begin(operation.id(), Step.APPLY, Duration.ofSeconds(5), Map.of());
        attempts.fail(attempt, new RetryableException(FailureCode.TARGET_BUSY, "too many connections"));

        assertThat(registry.scrape()).contains("lockstep_step_failures_total{code=\"target-busy\",step=\"apply\"} 1.0");
    }

    @Test
    void a_leak_that_is_not_contained_is_counted_with_its_age() {
        assertThat(registry.scrape())
                .contains("lockstep_incidents{state=\"open\"} 0.0")
                .contains("lockstep_incident_uncontained_seconds 0.0");
        context.getBean(Inventory.class).register(Samples.NAME, Samples.TARGET.name(), null);
        Incidents incidents = context.getBean(Incidents.class);
        Incident incident = incidents
                .open(new Signal(
                        Signal.Source.HUMAN,
                        "d-1",
                        Signal.Kind.LEAK,
                        Signal.Confidence.CONFIRMED,
                        Signal.Exposure.PUBLIC,
                        null,
                        Samples.NAME,
                        null,
                        "ada",
                        "seen",
                        clock.instant()))
                .orElseThrow();
        clock.advance(Duration.ofMinutes(2));

        assertThat(registry.scrape())
                .contains("lockstep_incidents{state=\"open\"} 1.0")
                .contains("lockstep_incident_uncontained_seconds 120.0");

        incidents.move(incident.id(), Incident.State.CONTAINED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(registry.scrape())
                .contains("lockstep_incidents{state=\"contained\"} 1.0")
                .contains("lockstep_incident_uncontained_seconds 0.0");
    }

    @Test
    void the_trace_of_an_operation_is_the_same_before_and_after_the_database() {
        Operation operation = requested();

        assertThat(OperationTrace.of(context.getBean(Operations.class).get(operation.id())))
                .isEqualTo(OperationTrace.of(operation));
    }

    private Operation requested() {
        context.getBean(Inventory.class).register(Samples.NAME, Samples.TARGET.name(), null);
        return context.getBean(Operations.class)
                .request(new OperationRequest(Samples.NAME, "rotation", Operation.REQUESTED, "ada", "test"))
                .orElseThrow();
    }
}
