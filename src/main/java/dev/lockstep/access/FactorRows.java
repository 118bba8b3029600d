package dev.lockstep.access;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of second factors and recovery codes. */
final class FactorRows {

    private static final String SECRET =
            "SELECT secret FROM access_factor WHERE user_id = :user AND secret IS NOT NULL";

    private static final String PENDING =
            "SELECT pending FROM access_factor WHERE user_id = :user AND pending IS NOT NULL";

    private static final String PROPOSE = "UPDATE access_factor SET pending = :wrapped WHERE user_id = :user";

    private static final String INSERT = "INSERT INTO access_factor (user_id, pending) VALUES (:user, :wrapped)";

    /** Wins once only for each code, whoever else comes with it at the same time. */
    private static final String ACCEPT = """
            UPDATE access_factor SET last_step = :step
            WHERE user_id = :user AND secret IS NOT NULL AND last_step < :step
            """;

    private static final String CONFIRM = """
            UPDATE access_factor SET secret = pending, pending = NULL, last_step = :step
            WHERE user_id = :user AND pending = :wrapped
            """;

    private static final String MARK = "UPDATE access_user SET second_factor = TRUE WHERE id = :user";

    private static final String UNMARK = """
            UPDATE access_user SET second_factor = FALSE, revision = revision + 1
            WHERE id = :user AND second_factor
            """;

    private static final String FORGET = "DELETE FROM access_factor WHERE user_id = :user";

    private static final String FORGET_CODES = "DELETE FROM access_recovery_code WHERE user_id = :user";

    private static final String INSERT_CODE = "INSERT INTO access_recovery_code (user_id, hash) VALUES (:user, :hash)";

    private static final String USE_CODE = "DELETE FROM access_recovery_code WHERE user_id = :user AND hash = :hash";

    private static final String GIVEN = "UPDATE access_session SET factor_at = :now WHERE id = :session";

    private final JdbcClient jdbc;
    private final Clock clock;

    FactorRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<byte[]> secret(String user) {
        return jdbc.sql(SECRET).param("user", user).query(byte[].class).optional();
    }

    Optional<byte[]> pending(String user) {
        return jdbc.sql(PENDING).param("user", user).query(byte[].class).optional();
    }

    void propose(String user, byte[] wrapped) {
        if (jdbc.sql(PROPOSE).param("user", user).param("wrapped", wrapped).update() == 0) {
            jdbc.sql(INSERT).param("user", user).param("wrapped", wrapped).update();
        }
    }

    boolean accept(String user, long step) {
        return jdbc.sql(ACCEPT).param("user", user).param("step", step).update() == 1;
    }

    /** Puts in force what waits, if it is still the same, with new recovery codes instead of all former ones. */
    boolean confirm(String user, byte[] wrapped, long step, List<String> hashes) {
        boolean won = jdbc.sql(CONFIRM)
                        .param("user", user)
                        .param("wrapped", wrapped)
                        .param("step", step)
                        .update()
                == 1;
        if (won) {
            jdbc.sql(MARK).param("user", user).update();
            jdbc.sql(FORGET_CODES).param("user", user).update();
            hashes.forEach(hash -> jdbc.sql(INSERT_CODE)
                    .param("user", user)
                    .param("hash", hash)
                    .update());
        }
        return won;
    }

    boolean useCode(String user, String hash) {
        return jdbc.sql(USE_CODE).param("user", user).param("hash", hash).update() == 1;
    }

    boolean remove(String user) {
        jdbc.sql(FORGET).param("user", user).update();
        jdbc.sql(FORGET_CODES).param("user", user).update();
        return jdbc.sql(UNMARK).param("user", user).update() == 1;
    }

    void given(String session) {
        jdbc.sql(GIVEN)
                .param("session", session)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
