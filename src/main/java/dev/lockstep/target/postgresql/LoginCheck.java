package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import java.sql.SQLException;

/** Finds out by a real login whether a secret works. */
final class LoginCheck {

    private final EndpointSettings endpoint;
    private final Sessions sessions;
    private final Refusals refusals;

    LoginCheck(EndpointSettings endpoint, Sessions sessions, Refusals refusals) {
        this.endpoint = endpoint;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    LoginResult verify(Account account, SecretValue secret) {
        AccountSettings settings = AccountSettings.of(account, endpoint);
        try (Session session = sessions.login(account.principal(), secret, settings.database())) {
            return probe(session, account, settings);
        } catch (SQLException e) {
            return refused(e, account, settings, LoginResult.PROBE_FAILED);
        }
    }

    LoginResult verifyDead(Account account, SecretValue retired) {
        AccountSettings settings = AccountSettings.of(account, endpoint);
        try (Session session = sessions.login(account.principal(), retired, settings.database())) {
            return LoginResult.ACCEPTED;
        } catch (SQLException e) {
            return refused(e, account, settings, LoginResult.ACCEPTED);
        }
    }

    /** @param shutOut the answer when the password was right, but the role lacks CONNECT on the database */
    private LoginResult refused(SQLException e, Account account, AccountSettings settings, LoginResult shutOut) {
        return switch (Answer.of(e)) {
            case LOGIN_REFUSED -> LoginResult.REFUSED;
            case DENIED -> shutOut;
            default -> throw refusals.accountLogin(account.principal(), settings.database(), e);
        };
    }

    private LoginResult probe(Session session, Account account, AccountSettings settings) {
        try {
            return session.probe(settings.probe()) ? LoginResult.ACCEPTED : LoginResult.PROBE_FAILED;
        } catch (SQLException e) {
            return switch (Answer.of(e)) {
                case UNREACHABLE, BUSY -> throw refusals.accountLogin(account.principal(), settings.database(), e);
                default -> LoginResult.PROBE_FAILED;
            };
        }
    }
}
