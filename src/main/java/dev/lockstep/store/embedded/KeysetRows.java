package dev.lockstep.store.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of wrapped keysets. */
final class KeysetRows {

    private static final String FIND = """
            SELECT name, generation, kek, wrapped, wrapped_at
              FROM embedded_keyset
             WHERE name = :name AND generation = :generation
            """;

    private static final String NEWEST = """
            SELECT name, generation, kek, wrapped, wrapped_at
              FROM embedded_keyset
             WHERE name = :name
             ORDER BY generation DESC
             LIMIT 1
            """;

    private static final String EXISTS = """
            SELECT COUNT(*)
              FROM embedded_keyset
            """;

    private static final String LOCK_ALL = """
            SELECT name, generation, kek, wrapped, wrapped_at
              FROM embedded_keyset
             ORDER BY name, generation
               FOR UPDATE
            """;

    private static final String INSERT = """
            INSERT INTO embedded_keyset (name, generation, kek, wrapped, created_at, wrapped_at)
            VALUES (:name, :generation, :kek, :wrapped, :wrappedAt, :wrappedAt)
            """;

    private static final String REWRAP = """
            UPDATE embedded_keyset
               SET kek = :kek, wrapped = :wrapped, wrapped_at = :wrappedAt
             WHERE name = :name AND generation = :generation
            """;

    private final JdbcClient jdbc;

    KeysetRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean any() {
        return jdbc.sql(EXISTS).query(Long.class).single() > 0;
    }

    Optional<WrappedKeyset> find(KeysetName name, int generation) {
        return jdbc.sql(FIND)
                .param("name", name.value())
                .param("generation", generation)
                .query(KeysetRows::keyset)
                .optional();
    }

    Optional<WrappedKeyset> newest(KeysetName name) {
        return jdbc.sql(NEWEST)
                .param("name", name.value())
                .query(KeysetRows::keyset)
                .optional();
    }

    /** All keysets, in one fixed order, locked until the transaction ends, so that nodes starting together queue up. */
    List<WrappedKeyset> lockAll() {
        return jdbc.sql(LOCK_ALL).query(KeysetRows::keyset).list();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another node was faster */
    void insert(WrappedKeyset keyset) {
        write(INSERT, keyset);
    }

    void rewrap(WrappedKeyset keyset) {
        write(REWRAP, keyset);
    }

    private void write(String sql, WrappedKeyset keyset) {
        jdbc.sql(sql)
                .param("name", keyset.name().value())
                .param("generation", keyset.generation())
                .param("kek", keyset.kek())
                .param("wrapped", keyset.wrapped())
                .param("wrappedAt", keyset.wrappedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static WrappedKeyset keyset(ResultSet row, int number) throws SQLException {
        return new WrappedKeyset(
                new KeysetName(row.getString("name")),
                row.getInt("generation"),
                row.getString("kek"),
                row.getBytes("wrapped"),
                row.getObject("wrapped_at", OffsetDateTime.class).toInstant());
    }
}
