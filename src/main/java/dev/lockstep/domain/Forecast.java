package dev.lockstep.domain;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What will rotate when, as far as it can be known now: with windows, blackouts, jitter and the limits of targets.
 *
 * @param from the present
 * @param until the end of the time that it covers
 * @param whole whether that is all that was asked for; there is a limit to the number of rotations
 * @param total how many rotations there are
 * @param targets how they are spread over targets and hours, in the order of the targets' names
 * @param next the first of them
 * @param late how many times a secret will pass the maximum age of its policy
 * @param missed the first of these
 */
public record Forecast(
        Instant from,
        Instant until,
        boolean whole,
        long total,
        List<Load> targets,
        List<Rotation> next,
        long late,
        List<Rotation> missed) {

    public Forecast {
        targets = List.copyOf(targets);
        next = List.copyOf(next);
        missed = List.copyOf(missed);
    }

    /**
     * One rotation to come.
     *
     * @param credential what rotates
     * @param target where
     * @param policy by which policy
     * @param at when it begins; null when it is only rotated on demand, or later than the forecast reaches
     * @param by when its secret will have reached the maximum age; null when there is none
     */
    public record Rotation(
            CredentialName credential,
            String target,
            String policy,
            @Nullable Instant at,
            @Nullable Instant by) {}

    /**
     * The rotations of one target.
     *
     * @param target its name
     * @param total how many there are
     * @param late how many of them come too late
     * @param hours how many begin in each hour, by the beginning of the hour; hours without any are left out
     */
    public record Load(String target, long total, long late, SortedMap<Instant, Integer> hours) {}
}
