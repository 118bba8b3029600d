package dev.lockstep.target.postgresql;

import java.sql.SQLException;
import java.util.List;

/** Finds the statement that gives the administrator the right over a role which it lacks. */
final class MissingRight {

    private static final String RIGHTS = """
            SELECT admin.rolcreaterole, principal.rolsuper
            FROM pg_catalog.pg_roles AS admin, pg_catalog.pg_roles AS principal
            WHERE admin.rolname = current_user AND principal.rolname = ?
            """;

    private MissingRight() {}

    /** The statement, for example {@code GRANT "orders" TO "lockstep" WITH ADMIN OPTION;}. */
    static String fix(Session session, String admin, String principal) throws SQLException {
        String grant =
                "GRANT " + Quoting.identifier(principal) + " TO " + Quoting.identifier(admin) + " WITH ADMIN OPTION;";
        List<String> fixes = session.query(
                RIGHTS,
                row -> {
                    if (row.getBoolean(2)) {
                        return "ALTER ROLE " + Quoting.identifier(principal)
                                + " NOSUPERUSER; (only a superuser may change a superuser) " + grant;
                    }
                    return row.getBoolean(1)
                            ? grant
                            : "ALTER ROLE " + Quoting.identifier(admin) + " CREATEROLE; " + grant;
                },
                principal);
        return fixes.isEmpty() ? grant : fixes.get(0);
    }
}
