package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import java.sql.SQLException;
import java.util.List;

/**
 * Creates the second role of a pair. It is a member of the first one and works as it from login on, so both have the
 * same rights at all times, and what either creates belongs to the first.
 */
final class TwinRole {

    /**
     * An attribute that the administrator may not give is left out where working as the original gives it anyway;
     * REPLICATION is checked for the role that logs in, so it is never left out.
     */
    private static final String ATTRIBUTES = """
            SELECT original.rolsuper,
              concat_ws(' ',
                CASE WHEN original.rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                CASE WHEN original.rolcreaterole AND (admin.rolcreaterole OR admin.rolsuper) THEN 'CREATEROLE' END,
                CASE WHEN original.rolcreatedb AND (admin.rolcreatedb OR admin.rolsuper) THEN 'CREATEDB' END,
                CASE WHEN original.rolbypassrls AND (admin.rolbypassrls OR admin.rolsuper) THEN 'BYPASSRLS' END,
                CASE WHEN original.rolreplication THEN 'REPLICATION' END,
                'CONNECTION LIMIT ' || original.rolconnlimit,
                'VALID UNTIL ' || quote_literal(original.rolvaliduntil))
            FROM pg_catalog.pg_roles AS original, pg_catalog.pg_roles AS admin
            WHERE original.rolname = ? AND admin.rolname = current_user
            """;

    private static final String SETTINGS = """
            SELECT db.datname,
              split_part(entry, '=', 1),
              substr(entry, strpos(entry, '=') + 1)
            FROM pg_catalog.pg_db_role_setting AS setting
              JOIN pg_catalog.pg_roles AS original ON original.oid = setting.setrole
              LEFT JOIN pg_catalog.pg_database AS db ON db.oid = setting.setdatabase,
              unnest(setting.setconfig) AS entry
            WHERE original.rolname = ?
            """;

    private final Session session;
    private final Refusals refusals;
    private final String admin;
    private final String original;
    private final String principal;
    private final String twin;

    /** @param account the role to create, with the existing one as its twin */
    TwinRole(Session session, Refusals refusals, String admin, Account account) {
        this.session = session;
        this.refusals = refusals;
        this.admin = Quoting.identifier(admin);
        this.original = account.twin().orElseThrow();
        this.principal = account.principal();
        this.twin = Quoting.identifier(principal);
    }

    /**
     * Creates it with everything in one transaction, so that a crash leaves nothing behind.
     *
     * @param verifier as a quoted literal
     */
    void create(String verifier) throws SQLException {
        String attributes = attributes();
        session.begin();
        step(
                "CREATE ROLE " + twin + " LOGIN PASSWORD " + verifier + ' ' + attributes,
                "create the role " + twin,
                "ALTER ROLE " + admin + " CREATEROLE" + (attributes.contains("REPLICATION") ? " REPLICATION;" : ";"));
        String role = Quoting.identifier(original);
        step(
                "GRANT " + role + " TO " + twin,
                "make " + twin + " a member of " + role,
                "GRANT " + role + " TO " + admin + " WITH ADMIN OPTION;");
        set(new RoleSetting(null, "role", original));
        for (RoleSetting setting : session.query(SETTINGS, RoleSetting::read, original)) {
            set(setting);
        }
        session.commit();
    }

    private String attributes() throws SQLException {
        List<String> found = session.query(
                ATTRIBUTES,
                row -> {
                    if (row.getBoolean(1)) {
                        throw refusals.superuserTwin(original, principal);
                    }
                    return row.getString(2);
                },
                original);
        if (found.isEmpty()) {
            throw refusals.missing(original);
        }
        return found.get(0);
    }

    private void set(RoleSetting setting) throws SQLException {
        step(
                setting.statement(twin),
                "copy the setting " + setting.name() + " from " + Quoting.identifier(original) + " to " + twin,
                "GRANT SET ON PARAMETER " + setting.quotedName() + " TO " + admin + ';');
    }

    private void step(String sql, String what, String fix) throws SQLException {
        try {
            session.execute(sql);
        } catch (SQLException e) {
            if (Answer.of(e) == Answer.DENIED) {
                throw refusals.denied(what, fix);
            }
            throw e;
        }
    }
}
