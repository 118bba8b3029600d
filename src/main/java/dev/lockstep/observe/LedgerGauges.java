package dev.lockstep.observe;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.port.Readings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows what waits, what is due and what stands still. */
final class LedgerGauges implements MeterBinder {

    private final LedgerSnapshot ledger;

    LedgerGauges(LedgerSnapshot ledger) {
        this.ledger = ledger;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("lockstep.dispatch.backlog", ledger::backlog)
                .description("Operations that wait to be claimed")
                .register(registry);
        seconds(registry, "lockstep.dispatch.oldest", "How long the oldest claimable one waits", ledger::oldestWaiting);
        for (OperationStatus status : OperationStatus.values()) {
            if (status.active()) {
                Gauge.builder(
                                "lockstep.operations.active",
                                () -> ledger.in(status).size())
                        .description("Active operations by status")
                        .tag("status", status.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
        Gauge.builder("lockstep.operations.failing", ledger::failing)
                .description("Active operations whose last attempt failed")
                .register(registry);
        for (CredentialStatus status : CredentialStatus.values()) {
            Gauge.builder("lockstep.credentials", () -> ledger.credentials(status))
                    .description("Credentials by status")
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        seconds(
                registry,
                "lockstep.rotation.overdue",
                "How long the most overdue credential is due",
                ledger::mostOverdue);
        ages(registry);
        for (Readings.Oddity.Kind kind : Readings.Oddity.Kind.values()) {
            Gauge.builder("lockstep.reads.odd", () -> ledger.oddReads(kind))
                    .description("Reads of the last day that somebody should look at")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
    }

    private void ages(MeterRegistry registry) {
        Gauge.builder("lockstep.credentials.too.old", ledger::tooOld)
                .description("Credentials in use whose secret is older than their policy allows")
                .register(registry);
    }

    private static void seconds(MeterRegistry registry, String name, String description, Supplier<Duration> value) {
        TimeGauge.builder(name, () -> value.get().toMillis(), TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }
}
