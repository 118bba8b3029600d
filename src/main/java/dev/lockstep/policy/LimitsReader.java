package dev.lockstep.policy;

import dev.lockstep.domain.Rate;
import dev.lockstep.domain.TargetLimits;
import java.time.Duration;

/** Reads the fields {@code limits}, {@code breaker} and {@code reconcile} of a target. */
final class LimitsReader {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration ONE_MONTH = Duration.ofDays(30);

    /** What the document says, with defaults for the rest; whatever was refused counts as not said. */
    TargetLimits read(Documents.Document document, Problems problems) {
        TargetLimits otherwise = TargetLimits.DEFAULT;
        Fields fields = new Fields(document.node(), problems);
        return new TargetLimits(
                Math.max(1, fields.number(otherwise.concurrency(), "limits", "concurrency")),
                fields.text("limits", "rate").flatMap(Rate::parse),
                Math.max(1, fields.number(otherwise.failures(), "breaker", "failures")),
                fields.duration(ONE_SECOND, TargetLimits.LONGEST, "breaker", "probe-every")
                        .orElse(otherwise.probeEvery()),
                fields.duration(Duration.ZERO, ONE_DAY, "breaker", "tell-after").orElse(otherwise.tellAfter()),
                EscalationReader.read(fields, otherwise.escalation(), "breaker", "escalate"),
                fields.duration(TEN_MINUTES, ONE_MONTH, "reconcile", "every").orElse(otherwise.reconcileEvery()));
    }
}
