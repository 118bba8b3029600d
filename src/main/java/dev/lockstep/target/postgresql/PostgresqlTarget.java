package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.Target;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Sets and verifies passwords of roles on one PostgreSQL server. */
final class PostgresqlTarget implements Target, Target.Disables, Target.Creates, Target.Discovers {

    /** For what is not waiting: computing the verifier, starting and closing the connection. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private final EndpointSettings endpoint;
    private final Sessions sessions;
    private final Refusals refusals;
    private final Administration administration;
    private final LoginCheck check;
    private final SecureRandom random = new SecureRandom();

    PostgresqlTarget(EndpointSettings endpoint, SecretReferences references, OutboundRules outbound) {
        this.endpoint = endpoint;
        this.sessions = new Sessions(endpoint, references, outbound);
        this.refusals = new Refusals(endpoint);
        this.administration = new Administration(endpoint, sessions, refusals);
        this.check = new LoginCheck(endpoint, sessions, refusals);
    }

    @Override
    public void apply(Account account, SecretValue secret) {
        String verifier = verifier(secret);
        administration.run(account, session -> {
            if (account.twin().isPresent() && !administration.exists(session, account)) {
                new TwinRole(session, refusals, endpoint.admin(), account).create(verifier);
            } else {
                alterExisting(session, account, "LOGIN PASSWORD " + verifier);
            }
        });
    }

    @Override
    public LoginResult verify(Account account, SecretValue secret) {
        return check.verify(account, secret);
    }

    @Override
    public void restore(Account account, SecretValue previous) {
        String verifier = verifier(previous);
        administration.run(account, session -> alterExisting(session, account, "LOGIN PASSWORD " + verifier));
    }

    /** A role that does not exist accepts nothing either, for example a twin that was never created. */
    @Override
    public void retire(Account account) {
        administration.run(account, session -> administration.alter(session, account, "NOLOGIN PASSWORD NULL"));
    }

    @Override
    public LoginResult verifyDead(Account account, SecretValue retired) {
        return check.verifyDead(account, retired);
    }

    /** As with {@link #retire}, a role that does not exist is as good as disabled. */
    @Override
    public void disable(Account account) {
        administration.run(account, session -> {
            if (administration.alter(session, account, "NOLOGIN")) {
                new LiveSessions(session, endpoint, refusals).end(account.principal());
            }
        });
    }

    @Override
    public void enable(Account account) {
        administration.run(account, session -> alterExisting(session, account, "LOGIN"));
    }

    /** PostgreSQL does not record logins. */
    @Override
    public List<Principal> principals() {
        return administration.logins().stream()
                .map(name -> new Principal(name, null))
                .toList();
    }

    @Override
    public List<String> objections(Account account, Grants grants) {
        return GrantNames.objections(account, grants);
    }

    @Override
    public Presence presence(Account account) {
        return administration.ask(account, session -> MadeRole.presence(session, account));
    }

    @Override
    public void create(Account account, Grants grants) {
        Deadline deadline = Deadline.in(endpoint.budget());
        administration.run(
                account,
                endpoint.database(),
                deadline,
                session -> new MadeRole(session, refusals, endpoint.admin(), account).create(grants.memberOf()));
        GrantNames.byDatabase(grants)
                .forEach((database, access) -> administration.run(
                        account,
                        database,
                        deadline,
                        session -> new DatabaseGrants(session, refusals, account, database).give(access)));
    }

    @Override
    public void remove(Account account, Optional<String> heir) {
        new RoleRemoval(endpoint, administration, refusals, account, heir).run();
    }

    @Override
    public Health health() {
        try (Session session = sessions.freshAdmin()) {
            return new Health(true, endpoint + " runs PostgreSQL " + session.serverVersion());
        } catch (SQLException e) {
            return down(refusals.adminLogin(e));
        } catch (LockstepException e) {
            return down(e);
        } catch (RuntimeException e) {
            return new Health(
                    false, endpoint + " could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Duration timeout() {
        return endpoint.budget().plus(SLACK);
    }

    private void alterExisting(Session session, Account account, String change) throws SQLException {
        if (!administration.alter(session, account, change)) {
            throw refusals.missing(account.principal());
        }
    }

    private String verifier(SecretValue secret) {
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        random.nextBytes(salt);
        return Quoting.literal(ScramVerifier.of(secret, salt));
    }

    private static Health down(LockstepException e) {
        return new Health(false, Objects.toString(e.getMessage(), e.code().anchor()));
    }
}
