package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes a role: it is disabled, what it owns goes to its heir, its rights are taken back, and nothing is lost. */
final class RoleRemoval {

    /**
     * Where the role owns something or has rights; rights to be given to it in future are not called property. Without
     * a name of a database it is something of the whole server.
     */
    private static final String DEPENDENCIES = """
            SELECT db.datname,
              count(*) FILTER (WHERE d.deptype = 'o'
                AND d.classid NOT IN ('pg_catalog.pg_default_acl'::regclass, 'pg_catalog.pg_user_mapping'::regclass))
            FROM pg_catalog.pg_shdepend AS d
              JOIN pg_catalog.pg_roles AS r ON r.oid = d.refobjid
              LEFT JOIN pg_catalog.pg_database AS db ON db.oid = d.dbid
            WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND r.rolname = ?
            GROUP BY db.datname
            ORDER BY db.datname
            """;

    private final EndpointSettings endpoint;
    private final Administration administration;
    private final Refusals refusals;
    private final Account account;
    private final String role;
    private final Optional<String> heir;
    private final Deadline deadline;

    RoleRemoval(
            EndpointSettings endpoint,
            Administration administration,
            Refusals refusals,
            Account account,
            Optional<String> heir) {
        this.endpoint = endpoint;
        this.administration = administration;
        this.refusals = refusals;
        this.account = account;
        this.role = Quoting.identifier(account.principal());
        this.heir = heir.map(Quoting::identifier);
        this.deadline = Deadline.in(endpoint.budget());
    }

    private record Dependency(Optional<String> database, int owned) {

        String words() {
            return owned
                    + (owned == 1 ? " object" : " objects")
                    + database.map(name -> " in the database " + Quoting.identifier(name))
                            .orElse(" of the server");
        }
    }

    void run() {
        List<Dependency> dependencies = new ArrayList<>();
        in(endpoint.database(), session -> {
            if (administration.alter(session, account, "NOLOGIN")) {
                new LiveSessions(session, endpoint, refusals).end(account.principal());
                dependencies.addAll(dependencies(session));
                refuseToLose(dependencies);
                if (!dependencies.isEmpty()) {
                    step(session, "GRANT " + role + " TO " + refusals.admin() + membership(session), "act as " + role);
                }
            }
        });
        databases(dependencies).forEach(database -> in(database, this::clear));
        in(endpoint.database(), this::drop);
    }

    private void in(String database, Administration.Work work) {
        administration.run(account, database, deadline, work);
    }

    private List<Dependency> dependencies(Session session) throws SQLException {
        return session.query(
                DEPENDENCIES,
                row -> new Dependency(Optional.ofNullable(row.getString(1)), row.getInt(2)),
                account.principal());
    }

    private void refuseToLose(List<Dependency> dependencies) {
        String property = dependencies.stream()
                .filter(dependency -> dependency.owned() > 0)
                .map(Dependency::words)
                .collect(Collectors.joining(" and "));
        if (heir.isEmpty() && !property.isEmpty()) {
            throw refusals.owner(account.principal(), property);
        }
    }

    /** Since version 16 the maker of a role does not act as that role by itself. */
    private static String membership(Session session) throws SQLException {
        int version = Integer.parseInt(session.serverVersion().replaceFirst("[^0-9].*$", ""));
        return version >= 16 ? " WITH INHERIT TRUE, SET TRUE" : "";
    }

    /** What belongs to the whole server is cleared in whichever database. */
    private Set<String> databases(List<Dependency> dependencies) {
        return dependencies.stream()
                .map(dependency -> dependency.database().orElse(endpoint.database()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void clear(Session session) throws SQLException {
        session.begin();
        if (heir.isPresent()) {
            step(
                    session,
                    "REASSIGN OWNED BY " + role + " TO " + heir.get(),
                    "give what " + role + " owns to " + heir.get());
        } else {
            refuseToLose(dependencies(session));
        }
        step(session, "DROP OWNED BY " + role, "take back the rights of " + role);
        session.commit();
    }

    private void drop(Session session) throws SQLException {
        try {
            step(session, "DROP ROLE IF EXISTS " + role, "remove the role " + role);
        } catch (SQLException e) {
            if (Answer.of(e) == Answer.DEPENDED_ON) {
                throw refusals.owner(account.principal(), "something that depends on it");
            }
            throw e;
        }
    }

    private void step(Session session, String sql, String what) throws SQLException {
        try {
            session.execute(sql);
        } catch (SQLException e) {
            if (Answer.of(e) == Answer.DENIED) {
                throw refusals.denied(
                        what,
                        "GRANT " + role + " TO " + refusals.admin() + " WITH ADMIN OPTION;"
                                + heir.map(name -> " GRANT " + name + " TO " + refusals.admin() + ';')
                                        .orElse(""));
            }
            throw e;
        }
    }
}
