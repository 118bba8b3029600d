package dev.lockstep.ledger;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/** Turns what database access throws into Lockstep's failures; keeps type and code, not the driver's text. */
final class LedgerErrors {

    private LedgerErrors() {}

    /**
     * A broken connection, a deadlock, a lost race: try again. A statement or row that the database does not accept: a
     * defect.
     */
    static LockstepException translate(RuntimeException error) {
        if (isDefect(error)) {
            return new PermanentException(
                    FailureCode.INTERNAL_ERROR, "the ledger's database refused a statement: " + describe(error));
        }
        return new RetryableException(
                FailureCode.LEDGER_UNAVAILABLE,
                "the ledger's database did not take a write or read: " + describe(error) + "; it will be tried again");
    }

    private static boolean isDefect(RuntimeException error) {
        return error instanceof InvalidDataAccessApiUsageException
                || error instanceof InvalidDataAccessResourceUsageException
                || (error instanceof DataIntegrityViolationException && !(error instanceof DuplicateKeyException));
    }

    private static String describe(RuntimeException error) {
        String type = error.getClass().getSimpleName();
        Throwable root = NestedExceptionUtils.getMostSpecificCause(error);
        return root instanceof SQLException sql ? type + ", SQL state " + sql.getSQLState() : type;
    }
}
