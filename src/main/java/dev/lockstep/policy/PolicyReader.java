package dev.lockstep.policy;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads documents of the kind {@code Policy}. */
final class PolicyReader {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration ONE_YEAR = Duration.ofDays(365);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int LATER_TIMES = 1;
    private static final Policy.Escalation OPERATORS = new Policy.Escalation("operators", ONE_DAY);

    private final ScheduleReader schedules;
    private final TimingReader timings;
    private final RetriesReader retries = new RetriesReader();
    private final OutboundRules outbound;

    /**
     * @param sources where calendars are looked for
     * @param minimumInterval nothing may be due more often
     * @param now where looking for due times begins
     */
    PolicyReader(Sources sources, Duration minimumInterval, Instant now, OutboundRules outbound) {
        this.schedules = new ScheduleReader(minimumInterval, now);
        this.timings = new TimingReader(sources, now);
        this.outbound = outbound;
    }

    /** The policy; empty when anything about it was refused. */
    Optional<Policy> read(Documents.Document document, Problems problems) {
        int before = problems.reported();
        Fields fields = new Fields(document.node(), problems);
        Optional<String> name = fields.text("name");
        Optional<Strategy> strategy = strategy(fields);
        Optional<ScheduleReader.Rhythm> rhythm = schedules.read(fields);
        Optional<SecretRules> secret = SecretRulesReader.read(fields);
        Optional<Policy.Grace> grace = GraceReader.read(fields, strategy, rhythm);
        Timing timing = timings.read(fields, rhythm);
        Policy.Retries attempts = retries.read(fields);
        Policy.Failure failure = new Policy.Failure(
                fields.number(LATER_TIMES, "on-failure", "retry-later", "times"),
                fields.duration(ONE_SECOND, ONE_YEAR, "on-failure", "retry-later", "after")
                        .orElse(Duration.ofHours(1)),
                fields.text("on-drift").filter("repair"::equals).isPresent());
        Policy.Escalation escalation = EscalationReader.read(fields, OPERATORS, "on-failure", "escalate");
        Duration approvalWithin = deadline(fields, "approval", "within");
        Optional<Policy.Approval> approval =
                fields.text("approval", "group").map(group -> new Policy.Approval(group, approvalWithin));
        Optional<Canary> canary = CanaryReader.read(fields, strategy, outbound);
        Policy.Verification verification = VerificationReader.read(fields, attempts);
        Optional<Policy.Issuance> issuance = document.sound() ? LifeReader.issuance(fields) : Optional.empty();
        Policy.Decommission decommission = LifeReader.decommission(fields);
        boolean whole = document.sound()
                && problems.reported() == before
                && Stream.of(name, strategy, rhythm, secret, grace).allMatch(Optional::isPresent);
        return whole
                ? Optional.of(new Policy(
                        name.get(),
                        rhythm.get().schedule(),
                        strategy.get(),
                        secret.get(),
                        grace.get(),
                        attempts,
                        failure,
                        escalation,
                        approval,
                        issuance,
                        decommission,
                        canary,
                        fields.text("process").map(ProcessPin::parse),
                        timing,
                        verification))
                : Optional.empty();
    }

    private static Duration deadline(Fields fields, String... keys) {
        return fields.duration(ONE_SECOND, ONE_YEAR, keys).orElse(ONE_DAY);
    }

    private static Optional<Strategy> strategy(Fields fields) {
        return fields.text("strategy")
                .flatMap(label -> Stream.of(Strategy.values())
                        .filter(strategy -> strategy.label().equals(label))
                        .findFirst());
    }
}
