package dev.lockstep.policy;

import dev.lockstep.domain.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who is asked, when they are reminded, and who is asked after them. */
final class EscalationReader {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration ONE_YEAR = Duration.ofDays(365);
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private EscalationReader() {}

    /**
     * What the document says at {@code path}; whatever was refused counts as not said.
     *
     * @param otherwise for what the document does not say
     */
    static Policy.Escalation read(Fields fields, Policy.Escalation otherwise, String... path) {
        Duration within =
                fields.duration(ONE_SECOND, ONE_YEAR, at(path, "within")).orElse(otherwise.deadline());
        Optional<Duration> remind = fields.duration(ONE_SECOND, ONE_YEAR, at(path, "remind"));
        remind.filter(before -> before.compareTo(within) >= 0)
                .ifPresent(before -> fields.problems()
                        .add(
                                fields.at(at(path, "remind")).orElseThrow(),
                                "is not shorter than the " + Durations.words(within) + " that they have",
                                "say how long before the deadline they are reminded, for example PT4H"));
        return new Policy.Escalation(
                fields.text(at(path, "group")).orElse(otherwise.group()),
                within,
                remind,
                fields.text(at(path, "then", "group"))
                        .map(group -> new Policy.SecondLevel(
                                group,
                                fields.duration(ONE_SECOND, ONE_YEAR, at(path, "then", "within"))
                                        .orElse(ONE_DAY))));
    }

    private static String[] at(String[] path, String... more) {
        return Stream.concat(Stream.of(path), Stream.of(more)).toArray(String[]::new);
    }
}
