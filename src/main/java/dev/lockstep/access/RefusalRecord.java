package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the audit trail what users were refused. A program in a loop leaves a sample and a count: within a minute each
 * method and path of a user is written once, and no more than {@value #MOST} of them.
 */
final class RefusalRecord {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RefusalRecord.class);

    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;
    /** By user: who is not known is not logged in, and comes to no refusal. */
    private final Map<String, Window> windows = new HashMap<>();

    RefusalRecord(AuditTrail trail, TransactionTemplate transaction, Clock clock) {
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Writes down a refusal of who is logged in; of the request nothing but method and path is kept. */
    void refused(HttpServletRequest request, String reason) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        SignedInUser.of(login).ifPresent(user -> refused(user, request, reason));
    }

    private void refused(SignedInUser user, HttpServletRequest request, String reason) {
        String path = DecodedPath.of(request);
        OptionalInt leftOut = leftOutBefore(user.userId(), request.getMethod() + " " + path);
        if (leftOut.isPresent()) {
            write(user.userId(), request.getMethod(), path, reason, leftOut.getAsInt());
        }
    }

    /** How many refusals of the user were not written since the last one that was; empty when this is another one. */
    private synchronized OptionalInt leftOutBefore(String user, String what) {
        Instant now = clock.instant();
        Window window = windows.computeIfAbsent(user, id -> new Window());
        if (!now.isBefore(window.end)) {
            window.end = now.plus(WINDOW);
            window.written.clear();
        }
        if (window.written.size() == MOST || !window.written.add(what)) {
            window.leftOut++;
            return OptionalInt.empty();
        }
        int leftOut = window.leftOut;
        window.leftOut = 0;
        return OptionalInt.of(leftOut);
    }

    /** The refusal stands whether or not it can be written down: nothing was done. */
    private void write(String user, String method, String path, String reason, int leftOut) {
        Map<String, String> details = new HashMap<>(Map.of("method", method, "reason", reason));
        if (leftOut > 0) {
            details.put("leftOutBefore", Integer.toString(leftOut));
        }
        try {
            transaction.executeWithoutResult(status ->
                    trail.append(new AuditEvent(user, "access.refused", AuditEvent.Phase.FACT, path, null, details)));
        } catch (DataAccessException | TransactionException | LockstepException unwritten) {
            LOG.error("The audit trail does not know that '{}' was refused: {} {}", user, method, path, unwritten);
        }
    }

    private static final class Window {
        private Instant end = Instant.MIN;
        private int leftOut;
        private final Set<String> written = new HashSet<>();
    }
}
