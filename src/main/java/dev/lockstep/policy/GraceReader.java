package dev.lockstep.policy;

import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Policy.Laggards;
import dev.lockstep.domain.Strategy;
import java.time.Duration;
import java.util.Optional;

/** Reads the field {@code grace} of a policy. */
final class GraceReader {

    private GraceReader() {}

    /** The grace; empty when it cannot be read. What does not fit the rest of the policy is refused. */
    static Optional<Policy.Grace> read(
            Fields fields, Optional<Strategy> strategy, Optional<ScheduleReader.Rhythm> rhythm) {
        Optional<Duration> atMost = fields.duration(Duration.ZERO, Durations.TEN_YEARS, "grace", "at-most");
        if (atMost.isEmpty()) {
            return Optional.empty();
        }
        Node node = fields.at("grace", "at-most").orElseThrow();
        if (atMost.get().isZero()
                && strategy.filter(Strategy.ALTERNATING::equals).isPresent()) {
            fields.problems()
                    .add(
                            node,
                            "a grace of zero makes alternating pointless: consumers that still use the previous account"
                                    + " would be locked out at once",
                            "give them time, for example P1D, or use the strategy in-place");
        }
        Duration interval = rhythm.map(ScheduleReader.Rhythm::shortest).orElse(Duration.ZERO);
        if (!interval.isZero() && atMost.get().compareTo(interval) > 0) {
            fields.problems()
                    .add(
                            node,
                            "the grace of " + Durations.words(atMost.get()) + " is longer than the interval of "
                                    + Durations.words(interval)
                                    + ": the next rotation would be due before the previous version is retired",
                            "shorten the grace or rotate less often");
        }
        boolean anyway =
                fields.text("grace", "laggards").filter("retire-anyway"::equals).isPresent();
        return Optional.of(new Policy.Grace(
                atLeast(fields, atMost.get()),
                atMost.get(),
                anyway ? Laggards.RETIRE_ANYWAY : Laggards.WAIT_AND_ESCALATE));
    }

    private static Duration atLeast(Fields fields, Duration atMost) {
        Optional<Duration> atLeast = fields.duration(Duration.ZERO, Durations.TEN_YEARS, "grace", "at-least");
        if (atLeast.isPresent() && atLeast.get().compareTo(atMost) > 0) {
            fields.problems()
                    .add(
                            fields.at("grace", "at-least").orElseThrow(),
                            "the least grace of " + Durations.words(atLeast.get()) + " is longer than the longest of "
                                    + Durations.words(atMost),
                            "shorten it or give at-most more time");
        }
        return atLeast.orElse(Duration.ZERO);
    }
}
