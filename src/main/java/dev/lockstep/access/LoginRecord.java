package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tells the audit trail of logins. */
final class LoginRecord {

    /**
     * Stands for every name that is not a user's: what was typed is often a password in the wrong field, and the trail
     * keeps it for ever.
     */
    static final String NOBODY = "(unknown)";

    /** Failures of unknown users have no lock-out that bounds them, so the trail gets a sample and a count. */
    private static final int UNKNOWN_PER_WINDOW = 10;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AuditTrail trail;
    private final Clock clock;
    private Instant windowEnd = Instant.MIN;
    private int inWindow;
    private int leftOut;

    LoginRecord(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** @param by what let the user in */
    void accepted(String user, String by, String address) {
        append(user, "login.accept", Map.of("address", address, "by", by));
    }

    void refused(String user, String reason, String address) {
        append(user, "login.refuse", Map.of("address", address, "reason", reason));
    }

    void locked(String user, Instant until, String address) {
        append(user, "login.lock", Map.of("address", address, "until", until.toString()));
    }

    void limited(String address, Instant until) {
        append(NOBODY, "login.limit", Map.of("address", address, "until", until.toString()));
    }

    void refusedUnknown(String address) {
        Map<String, String> details = new HashMap<>(Map.of("address", address, "reason", "unknown-user"));
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(windowEnd)) {
                windowEnd = now.plus(WINDOW);
                inWindow = 0;
            }
            if (++inWindow > UNKNOWN_PER_WINDOW) {
                leftOut++;
                return;
            }
            if (leftOut > 0) {
                details.put("leftOutBefore", Integer.toString(leftOut));
                leftOut = 0;
            }
        }
        append(NOBODY, "login.refuse", details);
    }

    private void append(String user, String action, Map<String, String> details) {
        trail.append(new AuditEvent(user, action, AuditEvent.Phase.FACT, user, null, details));
    }
}
