package dev.lockstep.target.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Idle connections of one login, each for a few seconds; then they are closed without anybody asking for it. */
final class KeptConnections {

    /** Short enough that a change of the administrator's password or rights is felt at once. */
    static final Duration KEEP = Duration.ofSeconds(3);

    /** So long it is taken for granted that the server is still there. */
    static final Duration TRUST = Duration.ofSeconds(1);

    /** As many as calls that one target is usually asked at a time. */
    private static final int MOST = 8;

    private static final Logger log = LoggerFactory.getLogger(KeptConnections.class);

    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final Executor later = CompletableFuture.delayedExecutor(KEEP.toMillis(), TimeUnit.MILLISECONDS);

    private record Idle(Connection connection, long since) {

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - since >= age.toNanos();
        }
    }

    /** One that the server has answered on within the last second. */
    Optional<Connection> take(Deadline deadline) throws SQLException {
        for (Idle found = idle.pollFirst(); found != null; found = idle.pollFirst()) {
            if (!found.isOlderThan(KEEP) && (!found.isOlderThan(TRUST) || answers(found.connection(), deadline))) {
                return Optional.of(found.connection());
            }
            close(found.connection());
        }
        return Optional.empty();
    }

    private static boolean answers(Connection connection, Deadline deadline) throws SQLException {
        return connection.isValid(Math.max(1, deadline.remainingMillis() / 1000));
    }

    void keep(Connection connection) {
        if (idle.size() >= MOST) {
            close(connection);
            return;
        }
        idle.addFirst(new Idle(connection, System.nanoTime()));
        later.execute(this::closeOld);
    }

    private void closeOld() {
        List<Idle> old = new ArrayList<>();
        for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
            Idle one = all.next();
            if (one.isOlderThan(KEEP) && idle.remove(one)) {
                old.add(one);
            }
        }
        old.forEach(one -> close(one.connection()));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            log.debug("a connection was gone before it was closed: {}", gone.getSQLState());
        }
    }
}
