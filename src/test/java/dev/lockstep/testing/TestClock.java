package dev.lockstep.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that tests set: it runs like the system's, shifted, or stands still. */
public final class TestClock extends Clock {

    /** Without a frozen time, the system's time plus the shift. */
    private record Time(boolean frozen, Instant at, Duration shift) {
        Instant now() {
            return frozen ? at : Instant.now(Clock.systemUTC()).plus(shift);
        }
    }

    private volatile Time time;

    private TestClock(Time time) {
        this.time = time;
    }

    /** Stands still at {@code at} until it is set, advanced or started. */
    public static TestClock frozenAt(Instant at) {
        return new TestClock(new Time(true, at, Duration.ZERO));
    }

    /** Stands still at {@code at}, for example {@code 2026-03-29T00:30:00Z}. */
    public static TestClock frozenAt(String at) {
        return frozenAt(Instant.parse(at));
    }

    /** Runs with the system's clock. */
    public static TestClock running() {
        return new TestClock(new Time(false, Instant.EPOCH, Duration.ZERO));
    }

    /** Goes to a time, forwards or back, and goes on running or standing still. */
    public synchronized void set(Instant now) {
        time = at(time.frozen(), now);
    }

    /** Goes forwards, or back by a negative step. */
    public synchronized void advance(Duration step) {
        time = at(time.frozen(), time.now().plus(step));
    }

    /** Stands still from now on. */
    public synchronized void freeze() {
        time = at(true, time.now());
    }

    /** Runs on from where it stands. */
    public synchronized void start() {
        time = at(false, time.now());
    }

    private static Time at(boolean frozen, Instant now) {
        return new Time(frozen, now, Duration.between(Instant.now(Clock.systemUTC()), now));
    }

    @Override
    public Instant instant() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
