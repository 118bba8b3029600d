package dev.lockstep.observe;

import dev.lockstep.domain.Incident;
import dev.lockstep.port.Incidents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;

/** Shows leaks that are still open, and how long the oldest has not been contained. */
final class IncidentGauges implements MeterBinder {

    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    private static final Set<Incident.State> UNCONTAINED =
            EnumSet.of(Incident.State.OPEN, Incident.State.REVIEW, Incident.State.CONTAINING);

    private final Remembered<List<Incidents.Standing>> standing;
    private final Clock clock;

    IncidentGauges(ObjectProvider<Incidents> incidents, Clock clock) {
        this.clock = clock;
        this.standing = new Remembered<>(
                () -> {
                    Incidents known = incidents.getIfAvailable();
                    return known == null ? List.of() : known.standing();
                },
                GOOD_FOR,
                clock);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Incident.State state : EnumSet.complementOf(EnumSet.of(Incident.State.CLOSED))) {
            Gauge.builder("lockstep.incidents", () -> in(state))
                    .description("Incidents that have not ended, by where they stand")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        TimeGauge.builder("lockstep.incident.uncontained", () -> uncontained().toMillis(), TimeUnit.MILLISECONDS)
                .description("How long ago the oldest leak was reported that is not contained")
                .register(registry);
    }

    private long in(Incident.State state) {
        return standing.value().stream()
                .filter(each -> each.state() == state)
                .mapToLong(Incidents.Standing::many)
                .sum();
    }

    private Duration uncontained() {
        Instant now = clock.instant();
        return standing.value().stream()
                .filter(each -> UNCONTAINED.contains(each.state()))
                .map(Incidents.Standing::since)
                .min(Instant::compareTo)
                .filter(now::isAfter)
                .map(oldest -> Duration.between(oldest, now))
                .orElse(Duration.ZERO);
    }
}
