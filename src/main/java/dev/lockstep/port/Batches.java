package dev.lockstep.port;

import dev.lockstep.domain.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Operations that were asked for together, so that their progress can be told. Writes join the caller's transaction.
 */
public interface Batches {

    /** Opens a batch and returns its number. */
    long open(String selection, String requestedBy, String reason);

    /** Adds an operation. */
    void add(long batch, long operation);

    /** One batch; empty when unknown. */
    Optional<Batch> find(long id);

    /**
     * @param selection what was asked for, in words
     * @param operations as they stand now, in the order of the request
     */
    record Batch(
            long id,
            String selection,
            String requestedBy,
            String reason,
            Instant requestedAt,
            List<Operation> operations) {
        public Batch {
            operations = List.copyOf(operations);
        }
    }
}
