package dev.lockstep.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * How gently a target is treated, what happens when it is down, and how often it is looked at.
 *
 * @param concurrency how many operations of one node may work at it at once
 * @param rate how many operations may begin at it, all nodes together; empty when there is no such limit
 * @param failures after so many calls in a row that found it unusable it is left alone
 * @param probeEvery the wait before it is asked whether it is back; doubles with each vain probe
 * @param tellAfter how long it has to be down before people are asked
 * @param escalation who is asked
 * @param reconcileEvery how often each of its credentials is compared with it
 */
public record TargetLimits(
        int concurrency,
        Optional<Rate> rate,
        int failures,
        Duration probeEvery,
        Duration tellAfter,
        Policy.Escalation escalation,
        Duration reconcileEvery) {

    /** The longest wait between two probes. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** For targets that say nothing else. */
    public static final TargetLimits DEFAULT = new TargetLimits(
            4,
            Optional.empty(),
            3,
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            new Policy.Escalation("operators", Duration.ofHours(4)),
            Duration.ofHours(1));

    /** The wait before the next probe when {@code probes} have been in vain. */
    public Duration probeAfter(int probes) {
        Duration wait = probeEvery.multipliedBy(1L << Math.min(probes, 10));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
