package dev.lockstep.store.embedded;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a running operation that the database did not do its part. */
final class StoreUnavailable {

    private StoreUnavailable() {}

    /**
     * Keeps no cause: a driver's message may quote the values of a row.
     *
     * @param what what was tried, as the beginning of a sentence
     * @throws RetryableException with {@code STORE_UNAVAILABLE} when the body met a failure of the database
     */
    @SuppressWarnings("UnusedException")
    static <T> T unless(String what, Supplier<T> body) {
        try {
            return body.get();
        } catch (DataAccessException | TransactionException e) {
            throw new RetryableException(
                    FailureCode.STORE_UNAVAILABLE,
                    what + ": its database failed with " + e.getClass().getSimpleName()
                            + "; see whether it is up and has free connections.");
        }
    }
}
