package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.domain.VersionChange.Kind;
import dev.lockstep.port.VersionChanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes of versions in the ledger's database. */
final class JdbcVersionChanges implements VersionChanges {

    private static final String ADD = """
            INSERT INTO version_news (credential, version, stage, consumer, changed_at)
            VALUES (:credential, :version, :stage, :consumer, :now)
            """;

    private static final String ANY_WITHOUT_PLACE =
            "SELECT id FROM version_news WHERE place IS NULL FETCH FIRST 1 ROWS ONLY";

    private static final String LOCK_LAST = "SELECT place FROM version_change_last FOR UPDATE";

    private static final String WITHOUT_PLACE = """
            SELECT id, credential, version, stage, consumer, changed_at
              FROM version_news
             WHERE place IS NULL
             ORDER BY id
             FETCH FIRST :most ROWS ONLY
            """;

    private static final String PLACE = "UPDATE version_news SET place = :place WHERE id = :id";

    private static final String MOVE_LAST = "UPDATE version_change_last SET place = :place";

    private static final String AFTER = """
            SELECT place, credential, version, stage, consumer, changed_at
              FROM version_news
             WHERE place > :place
             ORDER BY place
             FETCH FIRST :most ROWS ONLY
            """;

    private static final String LAST = "SELECT place FROM version_change_last";

    private static final String FORGOTTEN = "SELECT forgotten FROM version_change_last";

    private static final String OLD = """
            SELECT COALESCE(MAX(place), 0)
              FROM version_news
             WHERE changed_at < :before
            """;

    private static final String FORGET = "DELETE FROM version_news WHERE place <= :place";

    private static final String NOTE_FORGOTTEN =
            "UPDATE version_change_last SET forgotten = :place WHERE forgotten < :place";

    private record Waiting(
            long id, SecretRef ref, Kind kind, @Nullable String consumer, Instant at) {
        VersionChange at(long place) {
            return new VersionChange(place, ref, kind, consumer, at);
        }
    }

    private final JdbcClient jdbc;
    private final Transactions transactions;

    JdbcVersionChanges(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Notes a change in the transaction that makes it.
     *
     * @param consumer the only one that is told; null for all
     */
    static void add(JdbcClient jdbc, SecretRef ref, Kind kind, @Nullable String consumer, Instant now) {
        jdbc.sql(ADD)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .param("stage", column(kind))
                .param("consumer", consumer)
                .param("now", Columns.utc(now))
                .update();
    }

    @Override
    public int place(int most, Consumer<VersionChange> placed) {
        boolean idle = Transactions.statement(
                () -> jdbc.sql(ANY_WITHOUT_PLACE).query(Long.class).optional().isEmpty());
        return idle ? 0 : transactions.own(() -> placed(most, placed));
    }

    private int placed(int most, Consumer<VersionChange> placed) {
        long place = jdbc.sql(LOCK_LAST).query(Long.class).single();
        List<Waiting> waiting = jdbc.sql(WITHOUT_PLACE)
                .param("most", most)
                .query(JdbcVersionChanges::waiting)
                .list();
        for (Waiting change : waiting) {
            place++;
            jdbc.sql(PLACE).param("place", place).param("id", change.id()).update();
            placed.accept(change.at(place));
        }
        jdbc.sql(MOVE_LAST).param("place", place).update();
        return waiting.size();
    }

    @Override
    public List<VersionChange> after(long place, int most) {
        return Transactions.statement(() -> jdbc.sql(AFTER)
                .param("place", place)
                .param("most", most)
                .query((row, number) -> new VersionChange(
                        row.getLong("place"),
                        ref(row),
                        kind(row),
                        row.getString("consumer"),
                        Columns.instant(row, "changed_at")))
                .list());
    }

    @Override
    public long last() {
        return number(LAST);
    }

    @Override
    public long forgotten() {
        return number(FORGOTTEN);
    }

    private long number(String sql) {
        return Transactions.statement(() -> jdbc.sql(sql).query(Long.class).single());
    }

    /** By place, not by time: a clock of another node may have been wrong, and nothing in between may go. */
    @Override
    public void forget(Instant before) {
        transactions.own(() -> {
            long place = jdbc.sql(OLD)
                    .param("before", Columns.utc(before))
                    .query(Long.class)
                    .single();
            jdbc.sql(NOTE_FORGOTTEN).param("place", place).update();
            return jdbc.sql(FORGET).param("place", place).update();
        });
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getLong("id"), ref(row), kind(row), row.getString("consumer"), Columns.instant(row, "changed_at"));
    }

    private static SecretRef ref(ResultSet row) throws SQLException {
        return new SecretRef(CredentialName.of(row.getString("credential")), row.getInt("version"));
    }

    /** What is told to all stands there as the stage that the version got into. */
    private static String column(Kind kind) {
        return kind == Kind.PROMOTED ? Stage.CURRENT.name() : kind.name();
    }

    private static Kind kind(ResultSet row) throws SQLException {
        String column = row.getString("stage");
        return column.equals(Stage.CURRENT.name()) ? Kind.PROMOTED : Kind.valueOf(column);
    }
}
