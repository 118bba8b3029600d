package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Changes roles as the administrator. */
final class Administration {

    private static final String EXISTS = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?";

    /** Superusers are left out: they belong to whoever runs the server, and Lockstep could not change them. */
    private static final String LOGINS = """
            SELECT rolname
            FROM pg_catalog.pg_roles
            WHERE rolcanlogin AND NOT rolsuper AND rolname <> ? AND rolname NOT LIKE 'pg\\_%'
            ORDER BY rolname
            LIMIT 10000
            """;

    private final EndpointSettings endpoint;
    private final Sessions sessions;
    private final Refusals refusals;

    Administration(EndpointSettings endpoint, Sessions sessions, Refusals refusals) {
        this.endpoint = endpoint;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    /** Statements of one call. */
    interface Work {
        void in(Session session) throws SQLException;
    }

    /** A question of one call. */
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    /** Logs in, asks, and closes. */
    <T> T ask(Account account, Question<T> question) {
        List<T> answer = new ArrayList<>();
        run(account, session -> answer.add(question.ask(session)));
        return answer.get(0);
    }

    /** Logs in, works, and closes; what was begun and not committed is undone by the server. */
    void run(Account account, Work work) {
        run(account, endpoint.database(), Deadline.in(endpoint.budget()), work);
    }

    /** Like {@link #run(Account, Work)}, in one of several databases that one call has to do with. */
    void run(Account account, String database, Deadline deadline, Work work) {
        refuseOwnRole(account);
        if (deadline.isOver()) {
            throw refusals.unfinished(account.principal());
        }
        try (Session session = sessions.admin(database, deadline)) {
            run(session, account, work);
        } catch (SQLException e) {
            throw refusals.adminLogin(database, e);
        }
    }

    private void run(Session session, Account account, Work work) {
        try {
            work.in(session);
        } catch (SQLException e) {
            throw refusals.statement(account.principal(), e);
        }
    }

    /** Asked before a twin is created: the server would log a failed {@code ALTER ROLE} with the verifier in it. */
    boolean exists(Session session, Account account) throws SQLException {
        return !session.query(EXISTS, row -> row.getInt(1), account.principal()).isEmpty();
    }

    /** Roles that can log in, without the administrator itself. */
    List<String> logins() {
        try (Session session = sessions.freshAdmin()) {
            return session.query(LOGINS, row -> row.getString(1), endpoint.admin());
        } catch (SQLException e) {
            throw refusals.adminLogin(e);
        }
    }

    /** Changes the account's role. Returns false when the role does not exist. */
    boolean alter(Session session, Account account, String change) throws SQLException {
        String role = Quoting.identifier(account.principal());
        try {
            session.execute("ALTER ROLE " + role + ' ' + change);
            return true;
        } catch (SQLException e) {
            return switch (Answer.of(e)) {
                case MISSING -> false;
                case DENIED ->
                    throw refusals.denied(
                            "change the role " + role,
                            MissingRight.fix(session, endpoint.admin(), account.principal()));
                default -> throw e;
            };
        }
    }

    /** A run that failed half way, or one that disables, would lock Lockstep out of the server. */
    private void refuseOwnRole(Account account) {
        if (account.principal().equals(endpoint.admin())) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    endpoint + ": the administrator cannot change its own role; use another administrator for it");
        }
    }
}
