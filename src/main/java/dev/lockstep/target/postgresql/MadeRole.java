package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.port.Target.Presence;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Makes a role for a credential, and recognises it by its comment. */
final class MadeRole {

    private static final String COMMENT = """
            SELECT coalesce(pg_catalog.shobj_description(oid, 'pg_authid'), '')
            FROM pg_catalog.pg_roles
            WHERE rolname = ?
            """;

    private final Session session;
    private final Refusals refusals;
    private final String admin;
    private final Account account;
    private final String role;

    MadeRole(Session session, Refusals refusals, String admin, Account account) {
        this.session = session;
        this.refusals = refusals;
        this.admin = Quoting.identifier(admin);
        this.account = account;
        this.role = Quoting.identifier(account.principal());
    }

    static Presence presence(Session session, Account account) throws SQLException {
        List<String> comments = session.query(COMMENT, row -> row.getString(1), account.principal());
        if (comments.isEmpty()) {
            return Presence.ABSENT;
        }
        return Objects.equals(comments.get(0), comment(account)) ? Presence.MADE : Presence.FOREIGN;
    }

    private static String comment(Account account) {
        return "made by Lockstep for " + account.credential();
    }

    /** In one transaction, so that a crash leaves neither an unmarked role nor one without its memberships. */
    void create(List<String> memberOf) throws SQLException {
        Presence before = presence(session, account);
        if (before == Presence.FOREIGN) {
            throw refusals.exists(account.principal());
        }
        session.begin();
        if (before == Presence.ABSENT) {
            step("CREATE ROLE " + role + " NOLOGIN", "create the role " + role, "ALTER ROLE " + admin + " CREATEROLE;");
            session.execute("COMMENT ON ROLE " + role + " IS " + Quoting.literal(comment(account)));
        }
        for (String group : memberOf) {
            String grant = "GRANT " + Quoting.identifier(group) + " TO ";
            step(
                    grant + role,
                    "make " + role + " a member of " + Quoting.identifier(group),
                    grant + admin + " WITH ADMIN OPTION;");
        }
        session.commit();
    }

    private void step(String sql, String what, String fix) throws SQLException {
        try {
            session.execute(sql);
        } catch (SQLException e) {
            switch (Answer.of(e)) {
                case DENIED -> throw refusals.denied(what, fix);
                case MISSING -> throw refusals.unknownInGrants(what, e);
                default -> throw e;
            }
        }
    }
}
