package dev.lockstep.domain;

import java.time.Duration;

/**
 * What the triage table says about a leak.
 *
 * @param response what is done
 * @param severity how bad it is
 * @param reason why, in one sentence
 * @param group who reviews it
 * @param deadline how long they have
 * @param safeDefault what is done when nobody has decided by then
 */
public record Triage(
        LeakResponse response,
        Severity severity,
        String reason,
        String group,
        Duration deadline,
        LeakResponse safeDefault) {
    public Triage {
        if (safeDefault == LeakResponse.REVIEW) {
            throw new InvalidInput("safeDefault", "what happens when nobody reviews cannot be another review");
        }
    }
}
