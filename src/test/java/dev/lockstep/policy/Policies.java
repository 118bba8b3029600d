package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Policies of which only matters when they rotate. */
final class Policies {

    private Policies() {}

    static Policy with(Schedule schedule, Timing timing) {
        return new Policy(
                "test",
                schedule,
                Strategy.IN_PLACE,
                new SecretRules.Password(32, "abcdefghijklmnopqrstuvwxyz0123456789", Set.of(), 100),
                new Policy.Grace(Duration.ZERO, Policy.Laggards.RETIRE_ANYWAY),
                new Policy.Retries(3, List.of(Duration.ofSeconds(1)), 2),
                new Policy.Failure(0, Duration.ofHours(1)),
                new Policy.Escalation("operators", Duration.ofDays(1)),
                Optional.empty(),
                Optional.empty(),
                Policy.Decommission.STANDARD,
                Optional.empty(),
                Optional.empty(),
                timing,
                Policy.Verification.STANDARD);
    }

    static Timing timing(Window... windows) {
        return new Timing(List.of(windows), Blackouts.NONE, Duration.ZERO, Optional.empty(), "");
    }
}
