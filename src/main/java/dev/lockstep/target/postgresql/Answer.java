package dev.lockstep.target.postgresql;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an exception of the driver means to Lockstep, told by SQLSTATE because the server's texts are translated. The
 * states are those of "Appendix A. PostgreSQL Error Codes" in the PostgreSQL documentation; the driver reports failures
 * of the connection itself with class 08 too.
 */
enum Answer {
    /** No answer, or the connection was lost: whether the statement took effect is not known. */
    UNREACHABLE,
    /** Nothing happened, and it may go better later. */
    BUSY,
    /** The password was refused, or the role may not log in. */
    LOGIN_REFUSED,
    /** The server takes no changes: a standby, as for a moment after a fail-over. */
    READ_ONLY,
    /** {@code pg_hba.conf} has no entry for this role, database and address; says nothing about the password. */
    HOST_REFUSED,
    /** The connection cannot be negotiated as configured: TLS or the kind of password check. */
    NOT_NEGOTIATED,
    /** The database does not exist or takes no connections. */
    DATABASE_MISSING,
    /** The role that is logged in lacks a right. */
    DENIED,
    /** A role or another object that was named does not exist. */
    MISSING,
    /** Something still depends on what was to be removed. */
    DEPENDED_ON,
    /** The new password breaks a rule of the server. */
    SECRET_REFUSED,
    UNEXPECTED;

    private static final Set<String> BUSY_STATES = Set.of(
            "40001", // serialization_failure
            "40P01", // deadlock_detected
            "42710", // duplicate_object: somebody else created the role at the same time
            "23505", // unique_violation: likewise
            "55006", // object_in_use
            "55P03", // lock_not_available: lock_timeout
            "57014", // query_canceled: statement_timeout
            "57P03" // cannot_connect_now: starting up or shutting down
            );
    private static final Set<String> LOST_STATES = Set.of(
            "57P01", // admin_shutdown
            "57P02", // crash_shutdown
            "25P03", // idle_in_transaction_session_timeout
            "57P05" // idle_session_timeout
            );

    /** {@code internal_error}; with this text when two sessions change the same role at once. */
    private static final String INTERNAL_ERROR = "XX000";

    /** The server's function that applies {@code pg_hba.conf}; the name is part of the message and not translated. */
    private static final String HOST_CHECK = "ClientAuthentication";

    static Answer of(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (BUSY_STATES.contains(state) || state.startsWith("53") || isConcurrentUpdate(state, server)) {
            return BUSY; // class 53, insufficient_resources: 53300 is too_many_connections
        }
        if (LOST_STATES.contains(state)) {
            return UNREACHABLE;
        }
        if (state.startsWith("08")) { // class 08, connection_exception
            return state.equals("08004") && server == null ? NOT_NEGOTIATED : UNREACHABLE;
        }
        return switch (state) {
            case "28000" -> isHostCheck(server) ? HOST_REFUSED : LOGIN_REFUSED; // invalid_authorization_specification
            case "28P01" -> LOGIN_REFUSED; // invalid_password
            case "25006" -> READ_ONLY; // read_only_sql_transaction
            case "3D000", "55000" -> DATABASE_MISSING; // invalid_catalog_name, object_not_in_prerequisite_state
            case "42501" -> DENIED; // insufficient_privilege
            case "42704", "3F000" -> MISSING; // undefined_object, invalid_schema_name
            case "2BP01" -> DEPENDED_ON; // dependent_objects_still_exist
            case "22023" -> SECRET_REFUSED; // invalid_parameter_value: what the module passwordcheck answers
            default -> UNEXPECTED;
        };
    }

    private static boolean isConcurrentUpdate(String state, @Nullable ServerErrorMessage server) {
        return state.equals(INTERNAL_ERROR)
                && server != null
                && String.valueOf(server.getRoutine()).startsWith("simple_heap_");
    }

    private static boolean isHostCheck(@Nullable ServerErrorMessage server) {
        return server != null && HOST_CHECK.equals(server.getRoutine());
    }
}
