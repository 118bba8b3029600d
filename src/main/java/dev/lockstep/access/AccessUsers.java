package dev.lockstep.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of users. */
final class AccessUsers {

    private static final String COLUMNS =
            "id, display_name, password_hash, roles, disabled_at, locked_until, revision, one_time_password, second_factor,"
                    + " provider, subject";

    private static final String FIND = "SELECT " + COLUMNS + " FROM access_user WHERE id = :id";

    private static final String FIND_PROVIDED =
            "SELECT " + COLUMNS + " FROM access_user WHERE provider = :provider AND subject = :subject";

    private static final String LIST = "SELECT " + COLUMNS + " FROM access_user ORDER BY id";

    /** In the order of the id, so that two changes at once cannot wait for each other. */
    private static final String LOCK = LIST + " FOR UPDATE";

    private static final String COUNT = "SELECT COUNT(*) FROM access_user";

    private static final String INSERT = """
            INSERT INTO access_user (id, display_name, password_hash, roles, created_at, one_time_password)
            VALUES (:id, :displayName, :hash, :roles, :now, :oneTime)
            """;

    private static final String INSERT_PROVIDED = """
            INSERT INTO access_user (id, display_name, password_hash, roles, created_at, provider, subject)
            VALUES (:id, :displayName, '', :roles, :now, :provider, :subject)
            """;

    /** Sessions go on: each has the roles that the provider told for it, and hears of new ones itself. */
    private static final String SET_TOLD_ROLES = """
            UPDATE access_user SET roles = :roles
            WHERE id = :id AND provider IS NOT NULL AND roles <> :roles
            """;

    private static final String DISABLE = """
            UPDATE access_user SET disabled_at = :now, revision = revision + 1
            WHERE id = :id AND disabled_at IS NULL
            """;

    private static final String ENABLE = """
            UPDATE access_user SET disabled_at = NULL, failed_attempts = 0, locked_until = NULL, revision = revision + 1
            WHERE id = :id AND disabled_at IS NOT NULL
            """;

    private static final String RENAME = """
            UPDATE access_user SET display_name = :displayName
            WHERE id = :id AND display_name <> :displayName
            """;

    private static final String SET_ROLES = """
            UPDATE access_user SET roles = :roles, revision = revision + 1
            WHERE id = :id AND roles <> :roles
            """;

    private static final String SET_PASSWORD = """
            UPDATE access_user SET password_hash = :hash, one_time_password = FALSE, revision = revision + 1
            WHERE id = :id AND password_hash = :expected
            """;

    private static final String RESET_PASSWORD = """
            UPDATE access_user
            SET password_hash = :hash, one_time_password = TRUE, failed_attempts = 0, locked_until = NULL,
                revision = revision + 1
            WHERE id = :id
            """;

    private final JdbcClient jdbc;

    AccessUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<AccessUser> find(String id) {
        return jdbc.sql(FIND).param("id", id).query(AccessUsers::user).optional();
    }

    List<AccessUser> list() {
        return jdbc.sql(LIST).query(AccessUsers::user).list();
    }

    /** All users, their rows locked until the transaction ends. */
    List<AccessUser> lock() {
        return jdbc.sql(LOCK).query(AccessUsers::user).list();
    }

    boolean none() {
        return jdbc.sql(COUNT).query(Long.class).single() == 0;
    }

    /** Whom a provider knows by that subject. */
    Optional<AccessUser> findProvided(String provider, String subject) {
        return jdbc.sql(FIND_PROVIDED)
                .param("provider", provider)
                .param("subject", subject)
                .query(AccessUsers::user)
                .optional();
    }

    /** Throws {@link org.springframework.dao.DuplicateKeyException} when the id is taken. */
    void insert(String id, String displayName, String hash, boolean oneTime, Grants grants, Instant now) {
        jdbc.sql(INSERT)
                .param("id", id)
                .param("displayName", displayName)
                .param("hash", hash)
                .param("oneTime", oneTime)
                .param("roles", grants.toString())
                .param("now", utc(now))
                .update();
    }

    /** Throws {@link org.springframework.dao.DuplicateKeyException} when the id is taken, or the subject known. */
    void insertProvided(String id, String displayName, String provider, String subject, Grants grants, Instant now) {
        jdbc.sql(INSERT_PROVIDED)
                .param("id", id)
                .param("displayName", displayName)
                .param("provider", provider)
                .param("subject", subject)
                .param("roles", grants.toString())
                .param("now", utc(now))
                .update();
    }

    /** Notes the roles that a provider told. */
    boolean setToldRoles(String id, Grants grants) {
        return jdbc.sql(SET_TOLD_ROLES)
                        .param("id", id)
                        .param("roles", grants.toString())
                        .update()
                == 1;
    }

    boolean disable(String id, Instant now) {
        return jdbc.sql(DISABLE).param("id", id).param("now", utc(now)).update() == 1;
    }

    boolean enable(String id) {
        return jdbc.sql(ENABLE).param("id", id).update() == 1;
    }

    boolean rename(String id, String displayName) {
        return jdbc.sql(RENAME)
                        .param("id", id)
                        .param("displayName", displayName)
                        .update()
                == 1;
    }

    boolean setRoles(String id, Grants grants) {
        return jdbc.sql(SET_ROLES)
                        .param("id", id)
                        .param("roles", grants.toString())
                        .update()
                == 1;
    }

    boolean setPassword(String id, String expectedHash, String hash) {
        return jdbc.sql(SET_PASSWORD)
                        .param("id", id)
                        .param("expected", expectedHash)
                        .param("hash", hash)
                        .update()
                == 1;
    }

    /** Gives the user a password that somebody else has seen, and another chance when it was locked out. */
    boolean resetPassword(String id, String hash) {
        return jdbc.sql(RESET_PASSWORD).param("id", id).param("hash", hash).update() == 1;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static AccessUser user(ResultSet row, int number) throws SQLException {
        OffsetDateTime lockedUntil = row.getObject("locked_until", OffsetDateTime.class);
        return new AccessUser(
                row.getString("id"),
                row.getString("display_name"),
                row.getString("password_hash"),
                Grants.decode(row.getString("roles")),
                row.getObject("disabled_at", OffsetDateTime.class) != null,
                lockedUntil == null ? null : lockedUntil.toInstant(),
                row.getInt("revision"),
                row.getBoolean("one_time_password"),
                row.getBoolean("second_factor"),
                row.getString("provider"),
                row.getString("subject"));
    }
}
