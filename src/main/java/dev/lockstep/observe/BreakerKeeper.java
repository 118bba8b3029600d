package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the gates of this node and the ledger agreed, and asks paused targets whether they are back. */
final class BreakerKeeper {

    private static final Logger log = LoggerFactory.getLogger(BreakerKeeper.class);

    private final Gates gates;
    private final Breakers breakers;
    private final Targets targets;
    private final Function<String, TargetLimits> limits;
    private final Clock clock;
    private final Executor probes;

    /** @param probes runs probes, which take as long as the target's time-out */
    BreakerKeeper(
            Gates gates,
            Breakers breakers,
            Targets targets,
            Function<String, TargetLimits> limits,
            Clock clock,
            Executor probes) {
        this.gates = gates;
        this.breakers = breakers;
        this.targets = targets;
        this.limits = limits;
        this.clock = clock;
        this.probes = probes;
    }

    /** One look; to be repeated every second. */
    void look() {
        gates.takeChanged().forEach(this::tell);
        Map<String, PausedTarget> paused =
                breakers.paused().stream().collect(Collectors.toMap(PausedTarget::target, known -> known));
        gates.agree(paused.values().stream()
                .collect(Collectors.toMap(
                        PausedTarget::target,
                        known -> new Gate.Pause(known.since(), known.failure(), known.message()))));
        Instant now = clock.instant();
        paused.values().stream()
                .filter(known -> !known.probeAt().isAfter(now))
                .filter(known -> breakers.takeProbe(known, now.plus(waitAfter(known))))
                .forEach(known -> probes.execute(() -> probe(known.target())));
    }

    private void tell(String target) {
        Optional<Gate.Pause> pause = gates.pause(target);
        try {
            if (pause.isEmpty()) {
                if (breakers.resume(target)) {
                    log.info("target {} is used again", target);
                }
            } else if (breakers.pause(
                    target, pause.get().failure(), pause.get().message(), firstProbe(target, pause.get()))) {
                log.warn("target {} is left alone: {}", target, pause.get().message());
            }
        } catch (LockstepException failure) {
            gates.giveBack(target);
            throw failure;
        }
    }

    private Instant firstProbe(String target, Gate.Pause pause) {
        return clock.instant().plus(wait(target, pause.failure(), 0));
    }

    private Duration waitAfter(PausedTarget paused) {
        return wait(paused.target(), paused.failure(), paused.probes() + 1);
    }

    /** A wrong password is not tried often, or the administrator's account would be locked. */
    private Duration wait(String target, FailureCode failure, int probed) {
        return failure == FailureCode.TARGET_ADMIN_REFUSED
                ? TargetLimits.LONGEST
                : limits.apply(target).probeAfter(probed);
    }

    private void probe(String target) {
        try {
            Health health = targets.target(target).health();
            if (health.up()) {
                back(target);
            } else {
                log.info("target {} is still down: {}", target, health.detail());
            }
        } catch (LockstepException gone) {
            if (gone.code() == FailureCode.MISCONFIGURED) {
                back(target);
            }
        }
    }

    private void back(String target) {
        gates.worked(target);
        if (breakers.resume(target)) {
            log.info("target {} is back and used again", target);
        }
    }
}
