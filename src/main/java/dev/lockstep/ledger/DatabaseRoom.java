package dev.lockstep.ledger;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;

/** Says at the start whether the database allows as many connections as nodes may open. */
@Component
class DatabaseRoom {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRoom.class);

    private static final String ALLOWED = """
            SELECT CAST(current_setting('max_connections') AS INTEGER)
                   - CAST(current_setting('superuser_reserved_connections') AS INTEGER)
            """;

    DatabaseRoom(
            NamedParameterJdbcOperations named, @Value("${spring.datasource.hikari.maximum-pool-size:10}") int pool) {
        JdbcOperations jdbc = named.getJdbcOperations();
        boolean postgres = Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>)
                connection -> connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")));
        if (postgres) {
            Integer allowed = jdbc.queryForObject(ALLOWED, Integer.class);
            advice(pool, allowed == null ? Integer.MAX_VALUE : allowed).ifPresent(log::warn);
        }
    }

    /** Empty when there is room for two nodes, the former and the next one of an upgrade. */
    static Optional<String> advice(int pool, int allowed) {
        if (allowed >= 2 * pool) {
            return Optional.empty();
        }
        String enough = allowed < pool ? "this node alone" : "a second node beside this one";
        return Optional.of(
                "The database allows " + allowed + " connections, and each node of Lockstep opens up to " + pool
                        + " when much is to be done: that is not enough for " + enough
                        + ". Raise max_connections of PostgreSQL to "
                        + (2 * pool + 20) + ", or lower spring.datasource.hikari.maximum-pool-size");
    }
}
