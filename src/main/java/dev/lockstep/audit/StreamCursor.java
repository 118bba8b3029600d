package dev.lockstep.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to where the trail was handed on, in the database, for all nodes; one of them at a time holds it. */
final class StreamCursor {

    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final String CREATE =
            "INSERT INTO audit_stream (name, position, held_until) VALUES (:name, 0, :now)";

    private static final String HOLD = """
            UPDATE audit_stream SET holder = :holder, held_until = :until
            WHERE name = :name AND (holder = :holder OR held_until <= :now)
            """;

    private static final String POSITION = "SELECT position FROM audit_stream WHERE name = :name";

    private static final String MOVE = """
            UPDATE audit_stream SET position = :to
            WHERE name = :name AND holder = :holder AND position = :from
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String name;
    private final String holder = UUID.randomUUID().toString();

    StreamCursor(JdbcClient jdbc, Clock clock, String name) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.name = name;
    }

    /** Where to go on, when this node may; empty while another one does. */
    OptionalLong hold() {
        if (position().isEmpty()) {
            create();
        }
        Instant now = clock.instant();
        int held = jdbc.sql(HOLD)
                .param("holder", holder)
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("name", name)
                .update();
        return held == 1 ? position() : OptionalLong.empty();
    }

    /** Notes that everything up to there was handed on. Returns false, changing nothing, when another node did so. */
    boolean move(long from, long to) {
        return jdbc.sql(MOVE)
                        .param("to", to)
                        .param("name", name)
                        .param("holder", holder)
                        .param("from", from)
                        .update()
                == 1;
    }

    private OptionalLong position() {
        return jdbc.sql(POSITION)
                .param("name", name)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private void create() {
        try {
            jdbc.sql(CREATE)
                    .param("name", name)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException otherNode) {
            return;
        }
    }
}
