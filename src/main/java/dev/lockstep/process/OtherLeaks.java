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

    private final Dispatch dispatch;

    OtherLeaks(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** Whether leaked credentials are still to be contained that nobody has begun with. */
    public boolean waiting() {
        return dispatch.emergenciesWaiting() > 0;
    }

    /** About how long that will take, as a duration of ISO 8601. */
    public String pause() {
        return LEAST.plus(EACH.multipliedBy(dispatch.emergenciesWaiting())).toString();
    }
}
