package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Notices in the ledger's database. */
final class JdbcOutbox implements Outbox {

    private static final String ADD = """
            INSERT INTO notice (kind, severity, recipients, subject, body, link, told_at, credential, version, place)
            VALUES (:kind, :severity, :recipients, :subject, :body, :link, :now, :credential, :version, :place)
            """;

    private static final String ADD_DELIVERY = """
            INSERT INTO notice_delivery (notice, channel, message, status, not_before)
            VALUES (:notice, :channel, :message, 'waiting', :now)
            """;

    private static final String WAITING = """
            SELECT DISTINCT channel
              FROM notice_delivery
             WHERE status = 'waiting'
               AND not_before <= :now
            """;

    private static final String LOCK_NEXT = """
            SELECT notice
              FROM notice_delivery
             WHERE status = 'waiting'
               AND channel = :channel
               AND not_before <= :now
             ORDER BY not_before, notice
             FETCH FIRST 1 ROWS ONLY
               FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE = """
            UPDATE notice_delivery
               SET tries = tries + 1, not_before = :leaseUntil
             WHERE notice = :notice
               AND channel = :channel
            """;

    private static final String SELECT = """
            SELECT d.notice, d.channel, d.message, d.status, d.tries, d.not_before, d.why,
                   n.kind, n.severity, n.recipients, n.subject, n.body, n.link, n.told_at,
                   n.credential, n.version, n.place
              FROM notice_delivery d
              JOIN notice n ON n.id = d.notice
            """;

    private static final String TAKEN = SELECT + " WHERE d.notice = :notice AND d.channel = :channel";

    private static final String END = """
            UPDATE notice_delivery
               SET status = :status, ended_at = :now, why = :why
             WHERE notice = :notice
               AND channel = :channel
               AND status = 'waiting'
            """;

    /** A later try of somebody else, after the lease was over, is left alone. */
    private static final String POSTPONE = """
            UPDATE notice_delivery
               SET not_before = :notBefore, why = :why
             WHERE notice = :notice
               AND channel = :channel
               AND status = 'waiting'
               AND tries = :tries
            """;

    private static final String BACKLOG = "SELECT COUNT(*) FROM notice_delivery WHERE status = 'waiting'";

    private static final String TROUBLED = SELECT + """
             WHERE (d.status = 'given-up' AND d.ended_at >= :since)
                OR (d.status = 'waiting' AND d.why IS NOT NULL)
             ORDER BY d.notice DESC, d.channel
             FETCH FIRST :limit ROWS ONLY
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcOutbox(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void add(Notice notice, Collection<String> channels) {
        transactions.joined(() -> {
            long id = insert(notice);
            channels.forEach(channel -> jdbc.sql(ADD_DELIVERY)
                    .param("notice", id)
                    .param("channel", channel)
                    .param("message", "msg_" + UUID.randomUUID().toString().replace("-", ""))
                    .param("now", Columns.utc(clock.instant()))
                    .update());
            return id;
        });
    }

    private long insert(Notice notice) {
        KeyHolder id = new GeneratedKeyHolder();
        Notice.@Nullable About about = notice.about();
        jdbc.sql(ADD)
                .param("kind", notice.kind())
                .param("severity", notice.severity())
                .param("recipients", notice.group())
                .param("subject", notice.subject())
                .param("body", notice.text())
                .param("link", notice.link())
                .param("now", Columns.utc(clock.instant()))
                .param(
                        "credential",
                        about == null ? null : about.ref().credential().value())
                .param("version", about == null ? null : about.ref().version())
                .param("place", about == null ? null : about.place())
                .update(id, "id");
        return Objects.requireNonNull(id.getKey()).longValue();
    }

    @Override
    public List<String> waiting(Instant now) {
        return Transactions.statement(() -> jdbc.sql(WAITING)
                .param("now", Columns.utc(now))
                .query(String.class)
                .list());
    }

    @Override
    public Optional<Parcel> claim(String channel, Instant now, Duration lease) {
        return transactions.own(() -> jdbc.sql(LOCK_NEXT)
                .param("channel", channel)
                .param("now", Columns.utc(now))
                .query(Long.class)
                .optional()
                .map(notice -> take(notice, channel, now.plus(lease))));
    }

    private Parcel take(long notice, String channel, Instant leaseUntil) {
        jdbc.sql(TAKE)
                .param("notice", notice)
                .param("channel", channel)
                .param("leaseUntil", Columns.utc(leaseUntil))
                .update();
        return jdbc.sql(TAKEN)
                .param("notice", notice)
                .param("channel", channel)
                .query(JdbcOutbox::parcel)
                .single();
    }

    @Override
    public boolean delivered(Parcel parcel) {
        return end(parcel, "delivered", "");
    }

    @Override
    public boolean givenUp(Parcel parcel, String why) {
        return end(parcel, "given-up", why);
    }

    private boolean end(Parcel parcel, String status, String why) {
        return Transactions.statement(() -> jdbc.sql(END)
                        .param("status", status)
                        .param("now", Columns.utc(clock.instant()))
                        .param("why", Columns.text(why))
                        .param("notice", parcel.notice())
                        .param("channel", parcel.channel())
                        .update()
                == 1);
    }

    @Override
    public boolean postponed(Parcel parcel, Instant notBefore, String why) {
        return Transactions.statement(() -> jdbc.sql(POSTPONE)
                        .param("notBefore", Columns.utc(notBefore))
                        .param("why", Columns.text(why))
                        .param("notice", parcel.notice())
                        .param("channel", parcel.channel())
                        .param("tries", parcel.tries())
                        .update()
                == 1);
    }

    @Override
    public int backlog() {
        return Transactions.statement(
                () -> jdbc.sql(BACKLOG).query(Integer.class).single());
    }

    @Override
    public List<Trouble> troubled(Instant since, int limit) {
        return Transactions.statement(() -> jdbc.sql(TROUBLED)
                .param("since", Columns.utc(since))
                .param("limit", limit)
                .query(JdbcOutbox::trouble)
                .list());
    }

    @Override
    public void forget(Instant before) {
        new SpentNotices(jdbc).forget(before);
    }

    private static Parcel parcel(ResultSet row, int number) throws SQLException {
        return new Parcel(
                row.getLong("notice"),
                row.getString("channel"),
                row.getString("message"),
                row.getInt("tries"),
                content(row),
                Columns.instant(row, "told_at"));
    }

    private static Trouble trouble(ResultSet row, int number) throws SQLException {
        boolean givenUp = row.getString("status").equals("given-up");
        return new Trouble(
                row.getString("channel"),
                content(row),
                Columns.instant(row, "told_at"),
                row.getInt("tries"),
                givenUp,
                givenUp ? null : Columns.instant(row, "not_before"),
                Objects.toString(row.getString("why"), ""));
    }

    private static Notice content(ResultSet row) throws SQLException {
        return new Notice(
                row.getString("kind"),
                row.getString("severity"),
                row.getString("recipients"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("link"),
                about(row));
    }

    private static Notice.@Nullable About about(ResultSet row) throws SQLException {
        String credential = row.getString("credential");
        return credential == null
                ? null
                : new Notice.About(
                        new SecretRef(CredentialName.of(credential), row.getInt("version")), row.getLong("place"));
    }
}
