package dev.lockstep.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What moves a rotation away from the time that the {@link Schedule} says.
 *
 * @param windows it begins in one of them; at any time when there are none
 * @param blackouts it does not begin in one of them
 * @param jitter the longest time by which it is put off, so that not all begin at once
 * @param maximumAge the age that a secret must not pass; empty when there is no such age
 * @param source changes whenever somebody has changed anything about it
 */
public record Timing(
        List<Window> windows, Blackouts blackouts, Duration jitter, Optional<Duration> maximumAge, String source) {

    /** At any time, to the second, however old. */
    public static final Timing ANY = new Timing(List.of(), Blackouts.NONE, Duration.ZERO, Optional.empty(), "");

    public Timing {
        windows = List.copyOf(windows);
    }
}
