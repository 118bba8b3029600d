package dev.lockstep.port;

import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.SecretRef;

/** What consumers tell of the versions that they use. */
public interface ConsumerReports {

    /**
     * Notes that a consumer uses a version; ends the grace when it was the last one.
     *
     * @throws dev.lockstep.domain.InvalidInput when consumer, credential or version is unknown
     */
    void acknowledge(String consumer, SecretRef ref);

    /** Ends the grace when all consumers have moved to the version; what they have seen is noted already. */
    void moved(SecretRef ref);

    /**
     * Notes that a consumer cannot work with a version. When the version is the new one of an operation that can still
     * go back, the operation does so by itself.
     *
     * @return whether an operation goes back because of it
     * @throws dev.lockstep.domain.InvalidInput when consumer, credential or version is unknown
     */
    boolean complain(String consumer, SecretRef ref, ConsumerProblem problem);
}
