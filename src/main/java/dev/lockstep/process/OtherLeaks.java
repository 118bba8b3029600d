package dev.lockstep.process;

import dev.lockstep.port.Dispatch;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets models say {@code ${otherLeaks.waiting()}} where something may be done later than the containment of others. */
@Component("otherLeaks")
public class OtherLeaks implements ModelBean {

    private static final Duration LEAST = Duration.ofSeconds(10);

    /** What one containment takes, roughly: so that thousands that wait do not ask over and over again. */
    private static final Duration EACH = Duration.ofMillis(50);

    /** From so many on, the count is a second old at most: who comes later than they does not depend on one more. */
    private static final int MANY = 20;

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Dispatch dispatch;
    private volatile Seen seen = new Seen(0, 0);

    OtherLeaks(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    private record Seen(int waiting, long at) {

        boolean isEnough() {
            return waiting >= MANY && System.nanoTime() - at < FRESH.toNanos();
        }
    }

    /** Whether leaked credentials are still to be contained that nobody has begun with. */
    public boolean waiting() {
        return count() > 0;
    }

    /** About how long that will take, as a duration of ISO 8601. */
    public String pause() {
        return LEAST.plus(EACH.multipliedBy(count())).toString();
    }

    private int count() {
        Seen last = seen;
        if (!last.isEnough()) {
            last = new Seen(dispatch.emergenciesWaiting(), System.nanoTime());
            seen = last;
        }
        return last.waiting();
    }
}
