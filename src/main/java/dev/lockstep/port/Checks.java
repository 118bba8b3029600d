package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When credentials were last compared with their targets, and what was found. Every write is a transaction of its own.
 */
public interface Checks {

    /**
     * Credentials of a target that may be compared now: in use, without an operation, and not compared since
     * {@code before}, or compared before their last operation ended. The one that waits longest comes first.
     *
     * @param deadBefore retired secrets are to be tried as well where they were not since then
     */
    List<Due> due(String target, Instant before, Instant deadBefore, int limit);

    /**
     * Notes that all is well; a finding is over.
     *
     * @param deadToo whether retired secrets were tried as well
     */
    void fine(CredentialName credential, boolean deadToo);

    /**
     * Notes a finding; one of the same kind that is known already keeps its beginning, and whoever follows it up unless
     * an operation has tried to put it right since.
     */
    void found(CredentialName credential, boolean deadToo, FailureCode code, String detail);

    /** The finding about a credential; empty when all is well. */
    Optional<Finding> finding(CredentialName credential);

    /** When a credential was last compared with its target; empty when it never was. */
    Optional<Instant> checkedAt(CredentialName credential);

    /** Findings, oldest first. */
    List<Finding> findings(int limit);

    /** Findings that nobody follows up, oldest first. */
    List<Finding> unfollowed(int limit);

    /** Notes in the caller's transaction who follows a finding up. Returns false when somebody does already. */
    boolean followed(Finding finding, String processInstance);

    /**
     * A credential that is to be compared.
     *
     * @param deadToo whether retired secrets are to be tried as well
     */
    record Due(CredentialName credential, boolean deadToo) {}
}
