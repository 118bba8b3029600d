package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import java.time.Instant;
import java.util.List;

/** Credentials in use whose secret is older than their policy allows, and whether people know. */
public interface MissedAges {

    /**
     * One of them.
     *
     * @param credential whose secret it is
     * @param since when it reached the maximum age
     */
    record Missed(CredentialName credential, Instant since) {}

    /** Those that nobody has been told of, the oldest first. */
    List<Missed> untold(Instant now, int limit);

    /** Notes in the caller's transaction that people are told. Returns false when that is known, or true no more. */
    boolean tell(Missed missed);
}
