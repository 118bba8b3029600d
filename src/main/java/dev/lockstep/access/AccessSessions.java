package dev.lockstep.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of sessions, which decides on every node whether one goes on. */
final class AccessSessions {

    /** How often it is noted that a session is used: a page makes many requests. */
    private static final Duration NOTICED = Duration.ofMinutes(1);

    private static final int LONGEST_AGENT = 200;

    private static final String COLUMNS =
            "s.id, s.user_id, s.address, s.agent, s.started_at, s.seen_at, s.factor_at, u.second_factor";

    /** Of users that were neither disabled nor changed since. */
    private static final String VALID = " FROM access_session s JOIN access_user u"
            + " ON u.id = s.user_id AND u.revision = s.revision AND u.disabled_at IS NULL"
            + " WHERE s.seen_at > :idleSince AND s.started_at > :begunSince";

    private static final String FIND = "SELECT " + COLUMNS + VALID + " AND s.id = :key AND s.token_hash IS NULL";

    private static final String FIND_BY_TOKEN = "SELECT " + COLUMNS + VALID + " AND s.token_hash = :key";

    private static final String LIST =
            "SELECT " + COLUMNS + VALID + " AND s.user_id = :user ORDER BY s.started_at, s.id";

    private static final String INSERT = """
            INSERT INTO access_session
                (id, user_id, revision, provider_session, token_hash, address, agent, started_at, seen_at, factor_at)
            VALUES (:id, :user, :revision, :providerSession, :tokenHash, :address, :agent, :now, :now, :factorAt)
            """;

    private static final String SEEN = "UPDATE access_session SET seen_at = :now WHERE id = :id AND seen_at < :now";

    private static final String END = "DELETE FROM access_session WHERE id = :id AND user_id = :user";

    private static final String END_OF_PROVIDER = """
            DELETE FROM access_session
            WHERE (CAST(:session AS VARCHAR) IS NULL OR provider_session = :session)
              AND user_id IN (SELECT id FROM access_user
                WHERE provider = :provider AND (CAST(:subject AS VARCHAR) IS NULL OR subject = :subject))
            """;

    private static final String FORGET = "DELETE FROM access_session WHERE started_at <= :begunSince";

    private final JdbcClient jdbc;
    private final SessionRules rules;
    private final Clock clock;

    AccessSessions(JdbcClient jdbc, SessionRules rules, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Begins one.
     *
     * @param providerSession the provider's name of its own session; null when there is none
     * @param factorAt when a second factor was given; null when none was
     */
    String begin(
            SignedInUser user,
            @Nullable String providerSession,
            String address,
            String agent,
            @Nullable Instant factorAt) {
        return insert(user, providerSession, null, address, agent, factorAt);
    }

    /** Begins one that comes with a token, of which nothing but the hash is kept. */
    String beginWithToken(
            SignedInUser user, String tokenHash, String address, String agent, @Nullable Instant factorAt) {
        return insert(user, null, tokenHash, address, agent, factorAt);
    }

    /** When a session that begins now ends at the latest. */
    Instant lastsUntil(Instant begunAt) {
        return begunAt.plus(rules.longest());
    }

    private String insert(
            SignedInUser user,
            @Nullable String providerSession,
            @Nullable String tokenHash,
            String address,
            String agent,
            @Nullable Instant factorAt) {
        Instant now = clock.instant();
        jdbc.sql(FORGET).param("begunSince", utc(now.minus(rules.longest()))).update();
        String id = UUID.randomUUID().toString();
        jdbc.sql(INSERT)
                .param("id", id)
                .param("user", user.userId())
                .param("revision", user.revision())
                .param("providerSession", providerSession)
                .param("tokenHash", tokenHash)
                .param("address", address)
                .param("agent", agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)))
                .param("now", utc(now))
                .param("factorAt", factorAt == null ? null : utc(factorAt))
                .update();
        return id;
    }

    /** The session when it goes on, which is noted; empty when it ended in whichever way. */
    Optional<AccessSession> use(String id) {
        return use(FIND, id);
    }

    /** Likewise, of who comes with a token of that hash. */
    Optional<AccessSession> useToken(String hash) {
        return use(FIND_BY_TOKEN, hash);
    }

    private Optional<AccessSession> use(String find, String key) {
        Instant now = clock.instant();
        Optional<AccessSession> found = valid(find, now)
                .param("key", key)
                .query(AccessSessions::session)
                .optional();
        found.filter(session -> session.seenAt().isBefore(now.minus(NOTICED)))
                .ifPresent(session -> jdbc.sql(SEEN)
                        .param("id", session.id())
                        .param("now", utc(now))
                        .update());
        return found;
    }

    /** The sessions of a user that go on, the oldest first. */
    List<AccessSession> list(String user) {
        return valid(LIST, clock.instant())
                .param("user", user)
                .query(AccessSessions::session)
                .list();
    }

    boolean end(String user, String id) {
        return jdbc.sql(END).param("id", id).param("user", user).update() == 1;
    }

    /**
     * Ends what began at a provider, and tells how many that were.
     *
     * @param session only what belongs to that session of the provider; null for all
     * @param subject only the sessions of that subject; null for all
     */
    int endOfProvider(String provider, @Nullable String session, @Nullable String subject) {
        return jdbc.sql(END_OF_PROVIDER)
                .param("provider", provider)
                .param("session", session)
                .param("subject", subject)
                .update();
    }

    private JdbcClient.StatementSpec valid(String sql, Instant now) {
        return jdbc.sql(sql)
                .param("idleSince", utc(now.minus(rules.idle())))
                .param("begunSince", utc(now.minus(rules.longest())));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static AccessSession session(ResultSet row, int number) throws SQLException {
        OffsetDateTime factorAt = row.getObject("factor_at", OffsetDateTime.class);
        return new AccessSession(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("address"),
                row.getString("agent"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                factorAt == null ? null : factorAt.toInstant(),
                factorAt == null && row.getBoolean("second_factor"));
    }
}
