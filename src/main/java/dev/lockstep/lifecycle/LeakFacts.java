package dev.lockstep.lifecycle;

import dev.lockstep.domain.Signal;
import java.util.List;

/**
 * What the triage table needs to know of an incident; where several signals or credentials differ, the gravest counts.
 *
 * @param match {@code managed}, {@code unmanaged} when only a credential that is no longer configured was found,
 *     {@code unnamed} when the report tells neither value nor name, or {@code none}
 * @param environment first segment of the names; empty without a match
 * @param kind the credential's class, for example {@code database-user}; empty without a match
 * @param valid whether the leaked secret may still be accepted
 * @param credentials the names, for people
 */
public record LeakFacts(
        Signal strongest,
        Signal.Kind report,
        Signal.Confidence confidence,
        Signal.Exposure exposure,
        String match,
        String environment,
        String kind,
        boolean valid,
        List<String> credentials) {}
