package dev.lockstep.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The periodic review of who reads and approves what. */
public interface AccessReviews {

    /** What is true now of the access to everybody's credentials, in the order of the owners. Changes nothing. */
    List<Evidence> evidence();

    /** The owners who are being asked and have not confirmed yet. */
    List<String> asked();

    /**
     * Asks every owner who is not being asked already.
     *
     * @return whom
     * @throws dev.lockstep.domain.Conflict when there is nobody to ask
     */
    List<String> begin(String requestedBy);

    /**
     * What an owner has to look at.
     *
     * @param credentials in the order of their names
     * @param collectedAt when it was looked up
     */
    record Evidence(String owner, List<Access> credentials, Instant collectedAt) {
        public Evidence {
            credentials = List.copyOf(credentials);
        }
    }

    /**
     * The access to one credential.
     *
     * @param readers its registered consumers
     * @param approvers who has to agree to a rotation
     * @param lastRotatedAt null when it never was
     */
    record Access(
            String credential,
            List<Reader> readers,
            Approvers.Agreement approvers,
            @Nullable Instant lastRotatedAt) {
        public Access {
            readers = List.copyOf(readers);
        }
    }

    /**
     * An application that reads a credential.
     *
     * @param version the newest version that it has used; null when it was never seen
     * @param seenAt when it was seen last; null when never
     */
    record Reader(
            String consumer,
            @Nullable Integer version,
            @Nullable Instant seenAt) {}
}
