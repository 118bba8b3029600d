package dev.lockstep.process;

import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Catalog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Keeps one instance of the outage process for each target that has been down for long enough, and for no other. */
@Component
class Outages {

    private static final String PROCESS = "target-outage";
    private static final String RECOVERED = "TargetRecovered";

    private final Breakers breakers;
    private final Catalog catalog;
    private final Followers followers;
    private final Clock clock;

    Outages(Breakers breakers, Catalog catalog, Followers followers, Clock clock) {
        this.breakers = breakers;
        this.catalog = catalog;
        this.followers = followers;
        this.clock = clock;
    }

    /** Does what has not been done yet, in the caller's transaction. */
    void watch() {
        List<PausedTarget> paused = breakers.paused();
        Set<String> wanted = paused.stream()
                .map(PausedTarget::outage)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        followers.letGo(PROCESS, wanted, RECOVERED);
        Set<String> running = followers.of(PROCESS);
        Instant now = clock.instant();
        paused.stream()
                .filter(target -> target.outage() == null || !running.contains(target.outage()))
                .filter(target -> !now.isBefore(
                        target.since().plus(catalog.limits(target.target()).tellAfter())))
                .forEach(this::ask);
    }

    private void ask(PausedTarget paused) {
        String instance = followers.start(PROCESS, paused.target(), Map.of(ModelVariables.TARGET, paused.target()));
        if (!breakers.asked(paused, instance)) {
            throw new IllegalStateException("somebody else asks about " + paused.target());
        }
    }
}
