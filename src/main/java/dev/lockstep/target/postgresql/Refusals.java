package dev.lockstep.target.postgresql;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import java.sql.SQLException;

/**
 * Turns the driver's exceptions into Lockstep's. Their texts and causes are left behind, because a statement in them
 * could carry a secret; SQLSTATE and exception types are kept.
 */
final class Refusals {

    private final EndpointSettings endpoint;

    Refusals(EndpointSettings endpoint) {
        this.endpoint = endpoint;
    }

    /** The administrator could not log in. */
    LockstepException adminLogin(SQLException e) {
        String admin = "the administrator " + Quoting.identifier(endpoint.admin());
        return switch (Answer.of(e)) {
            case LOGIN_REFUSED, HOST_REFUSED, DENIED ->
                new PermanentException(
                        FailureCode.TARGET_ADMIN_REFUSED,
                        endpoint + " refused the login of " + admin + facts(e)
                                + "; check the target's setting password, and pg_hba.conf");
            default -> common("log in as " + admin, e);
        };
    }

    /** The administrator could not log in to one of the databases that a call has to do with. */
    LockstepException adminLogin(String database, SQLException e) {
        String right = "CONNECT ON DATABASE " + Quoting.identifier(database);
        return Answer.of(e) == Answer.DENIED
                ? denied("log in to " + Quoting.identifier(database), "GRANT " + right + " TO " + admin() + ';')
                : adminLogin(e);
    }

    /** A login as an account gave no answer about its secret. */
    LockstepException accountLogin(String principal, String database, SQLException e) {
        String login = "log in as " + Quoting.identifier(principal) + " to " + Quoting.identifier(database);
        return switch (Answer.of(e)) {
            case HOST_REFUSED ->
                new PermanentException(
                        FailureCode.MISCONFIGURED,
                        endpoint + ": pg_hba.conf does not let Lockstep " + login + facts(e)
                                + "; add an entry with the method scram-sha-256");
            case NOT_NEGOTIATED ->
                new PermanentException(
                        FailureCode.MISCONFIGURED,
                        endpoint + ": cannot " + login + facts(e) + ": the server "
                                + (endpoint.sslmode().matches("disable|prefer") ? "" : "offers no TLS, or it ")
                                + "accepts any password or takes it as plain text;"
                                + " the entry in pg_hba.conf needs the method scram-sha-256");
            default -> common(login, e);
        };
    }

    /** A statement of the administrator failed; lacking rights are not told here. */
    LockstepException statement(String principal, SQLException e) {
        String change = "change the role " + Quoting.identifier(principal);
        return switch (Answer.of(e)) {
            case MISSING -> missing(principal);
            case SECRET_REFUSED, LOGIN_REFUSED ->
                new RetryableException(
                        FailureCode.SECRET_REFUSED,
                        endpoint + " does not accept the new password of " + Quoting.identifier(principal) + facts(e)
                                + "; check its password rules");
            default -> common(change, e);
        };
    }

    LockstepException missing(String principal) {
        return new PermanentException(
                FailureCode.PRINCIPAL_MISSING,
                endpoint + " has no role " + Quoting.identifier(principal)
                        + "; create it, or correct the credential's principals");
    }

    /** The time of a call with several parts is over. */
    LockstepException unfinished(String principal) {
        return new RetryableException(
                FailureCode.TARGET_BUSY,
                endpoint + ": the change of the role " + Quoting.identifier(principal)
                        + " took too long; it goes on where it stopped");
    }

    LockstepException exists(String principal) {
        return new PermanentException(
                FailureCode.PRINCIPAL_EXISTS,
                endpoint + " has a role " + Quoting.identifier(principal)
                        + " already, and Lockstep did not make it for this credential; ask for another principal, or adopt"
                        + " the role by describing it in the configuration");
    }

    /** The grants of the policy name something that the server does not know. */
    LockstepException unknownInGrants(String what, SQLException e) {
        return new PermanentException(
                FailureCode.MISCONFIGURED,
                endpoint + ": could not " + what + facts(e)
                        + "; it names something that does not exist there; correct the policy's grants");
    }

    /** The administrator, quoted. */
    String admin() {
        return Quoting.identifier(endpoint.admin());
    }

    /** @param what what it owns, and where */
    LockstepException owner(String principal, String what) {
        String role = Quoting.identifier(principal);
        return new PermanentException(
                FailureCode.PRINCIPAL_OWNS_OBJECTS,
                endpoint + ": the role " + role + " is disabled but not removed, because " + what
                        + " would be lost with it; run REASSIGN OWNED BY " + role
                        + " TO another role in that database, or name the heir in the policy's decommission");
    }

    LockstepException superuserTwin(String original, String twin) {
        return new PermanentException(
                FailureCode.MISCONFIGURED,
                endpoint + ": " + Quoting.identifier(twin) + " does not exist, and Lockstep creates no twin of "
                        + Quoting.identifier(original) + ", which is a superuser; create it yourself");
    }

    /** @param fix one or more SQL statements that give the right */
    LockstepException denied(String what, String fix) {
        return new PermanentException(
                FailureCode.TARGET_PERMISSION_DENIED,
                endpoint + ": the administrator " + Quoting.identifier(endpoint.admin()) + " may not " + what
                        + "; run as a superuser: " + fix);
    }

    private LockstepException common(String what, SQLException e) {
        String failed = endpoint + ": could not " + what + facts(e);
        return switch (Answer.of(e)) {
            case UNREACHABLE ->
                new RetryableException(
                        FailureCode.TARGET_UNREACHABLE, failed + "; check that the server runs, the network and TLS");
            case BUSY -> new RetryableException(FailureCode.TARGET_BUSY, failed + "; it is tried again");
            case READ_ONLY ->
                new RetryableException(
                        FailureCode.TARGET_BUSY, failed + "; the server is a standby, point host to the primary");
            case NOT_NEGOTIATED ->
                new PermanentException(
                        FailureCode.MISCONFIGURED, failed + "; the server does not offer what sslmode asks for");
            case DATABASE_MISSING ->
                new PermanentException(
                        FailureCode.MISCONFIGURED, failed + "; the database does not exist or takes no connections");
            case DENIED ->
                new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, failed + "; a right is missing");
            default ->
                new PermanentException(FailureCode.INTERNAL_ERROR, failed + "; look up the code in the server's log");
        };
    }

    private static String facts(SQLException e) {
        Throwable cause = e.getCause();
        return " (SQLSTATE " + e.getSQLState()
                + (cause == null ? "" : ", " + cause.getClass().getSimpleName()) + ')';
    }
}
