package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Grants.TableRight;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Gives a role rights in one database. The server only warns when the administrator may not pass a right on, so each is
 * looked up afterwards.
 */
final class DatabaseGrants {

    private static final String MAY_CONNECT = "SELECT pg_catalog.has_database_privilege(?, ?, 'CONNECT')";

    private static final String MAY_USE = "SELECT pg_catalog.has_schema_privilege(?, ?, 'USAGE')";

    private static final String TABLES_WITHOUT = """
            SELECT pg_catalog.quote_ident(relname)
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND NOT pg_catalog.has_table_privilege(?, c.oid, ?)
            ORDER BY relname LIMIT 3
            """;

    private final Session session;
    private final Refusals refusals;
    private final String principal;
    private final String role;
    private final String database;

    DatabaseGrants(Session session, Refusals refusals, Account account, String database) {
        this.session = session;
        this.refusals = refusals;
        this.principal = account.principal();
        this.role = Quoting.identifier(principal);
        this.database = database;
    }

    void give(List<Grants.Access> access) throws SQLException {
        session.begin();
        connect();
        for (Grants.Access one : access) {
            if (one.schema().isPresent()) {
                schema(one.schema().get(), one);
            }
        }
        session.commit();
    }

    private void connect() throws SQLException {
        String right = "CONNECT ON DATABASE " + Quoting.identifier(database);
        grant(right);
        require(right, holds(MAY_CONNECT, principal, database));
    }

    private void schema(String schema, Grants.Access access) throws SQLException {
        String right = "USAGE ON SCHEMA " + Quoting.identifier(schema);
        grant(right);
        require(right, holds(MAY_USE, principal, schema));
        if (!access.tables().isEmpty()) {
            tables(schema, access);
        }
    }

    private void tables(String schema, Grants.Access access) throws SQLException {
        String in = " IN SCHEMA " + Quoting.identifier(schema);
        String rights = access.tables().stream()
                .map(right -> right.label().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        boolean inserts = access.tables().contains(TableRight.INSERT);
        grant(rights + " ON ALL TABLES" + in);
        if (inserts) {
            grant("USAGE ON ALL SEQUENCES" + in);
        }
        for (TableRight right : access.tables()) {
            List<String> without =
                    session.query(TABLES_WITHOUT, row -> row.getString(1), schema, principal, right.name());
            require(right.name() + " ON " + String.join(", ", without) + in, without.isEmpty());
        }
        if (access.futureTablesOf().isPresent()) {
            String owner = Quoting.identifier(access.futureTablesOf().get());
            String defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + in + " GRANT ";
            step(defaults + rights + " ON TABLES TO " + role, owner);
            if (inserts) {
                step(defaults + "USAGE ON SEQUENCES TO " + role, owner);
            }
        }
    }

    private boolean holds(String question, String who, String what) throws SQLException {
        return session.query(question, row -> row.getBoolean(1), who, what).contains(true);
    }

    private void grant(String right) throws SQLException {
        try {
            session.execute("GRANT " + right + " TO " + role);
        } catch (SQLException e) {
            switch (Answer.of(e)) {
                case DENIED -> throw lacking(right);
                case MISSING -> throw refusals.unknownInGrants("grant " + right, e);
                default -> throw e;
            }
        }
    }

    private void step(String sql, String owner) throws SQLException {
        try {
            session.execute(sql);
        } catch (SQLException e) {
            switch (Answer.of(e)) {
                case DENIED ->
                    throw refusals.denied(
                            "decide about the tables that " + owner + " will make",
                            "GRANT " + owner + " TO " + refusals.admin() + ';');
                case MISSING -> throw refusals.unknownInGrants("decide about the tables of " + owner, e);
                default -> throw e;
            }
        }
    }

    private void require(String right, boolean held) {
        if (!held) {
            throw lacking(right);
        }
    }

    private RuntimeException lacking(String right) {
        return refusals.denied(
                "grant " + right + " in " + Quoting.identifier(database),
                "GRANT " + right + " TO " + refusals.admin()
                        + " WITH GRANT OPTION; in that database, or make it a member" + " of the owner");
    }
}
