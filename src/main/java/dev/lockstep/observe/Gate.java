package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.TargetLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands before one target on this node: so many at a time, and a breaker. */
final class Gate {

    /** Longer waits are spent in the queue, where they hold up nobody else. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** Why and since when nobody is let through. */
    record Pause(Instant since, FailureCode failure, String message) {}

    private final String target;
    private final Supplier<TargetLimits> limits;
    private final Permits permits = new Permits();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();
    private volatile Instant held = Instant.MIN;

    Gate(String target, Supplier<TargetLimits> limits) {
        this.target = target;
        this.limits = limits;
    }

    /** Waits a moment for a permit; {@link #leave} gives it back. */
    void enter() {
        Pause paused = pause.get();
        if (paused != null) {
            throw refused(
                    "is down since " + paused.since() + " (" + paused.failure().anchor() + ")");
        }
        permits.resize(limits.get().concurrency());
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw refused("has as many operations at work as its limit allows");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused("is not waited for any longer, because this node stops");
        }
    }

    private RetryableException refused(String why) {
        return new RetryableException(
                FailureCode.TARGET_PAUSED, "target " + target + ' ' + why + "; this is taken up again by itself");
    }

    void leave() {
        permits.release();
    }

    /** How many more may come while {@code underWay} are on their way here or inside. */
    int room(int underWay, Instant now) {
        int most = limits.get().concurrency();
        return pause.get() != null || now.isBefore(held) ? 0 : Math.max(0, most - Math.max(underWay, inside()));
    }

    /** No further operation needs to come before. */
    void hold(Instant until) {
        held = until;
    }

    /** Whether somebody who came now would have to wait. */
    boolean shut() {
        return pause.get() != null || (permits.size() > 0 && permits.availablePermits() <= 0);
    }

    /** Notes a call that found the target unusable. Returns true when this makes a pause. */
    boolean failed(Instant now, FailureCode failure, String message) {
        return failures.incrementAndGet() >= limits.get().failures()
                && pause.compareAndSet(null, new Pause(now, failure, message));
    }

    /** Notes a call that the target answered. Returns true when this ends a pause. */
    boolean worked() {
        failures.set(0);
        return pause.getAndSet(null) != null;
    }

    /** Takes over what the ledger says. */
    void set(@Nullable Pause known) {
        if (pause.getAndSet(known) != null && known == null) {
            failures.set(0);
        }
    }

    Optional<Pause> pause() {
        return Optional.ofNullable(pause.get());
    }

    /** How many are let through at this moment. */
    int inside() {
        return permits.size() - permits.availablePermits();
    }

    /** Permits whose number may change while some are out. */
    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1L;
        private int size;

        Permits() {
            super(0, true);
        }

        synchronized int size() {
            return size;
        }

        synchronized void resize(int wanted) {
            if (wanted > size) {
                release(wanted - size);
            } else if (wanted < size) {
                reducePermits(size - wanted);
            }
            size = wanted;
        }
    }
}
