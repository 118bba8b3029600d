package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import java.util.List;
import java.util.Map;

/** What the ledger knows of credentials that are not rotated together, or not before others. */
public interface Arrangements {

    /** Those that have somebody to mind. */
    Map<CredentialName, Neighbours> all();

    /**
     * Notes whom a credential has to mind from now on.
     *
     * @param neighbours with all that come before it, also those that come before those
     */
    void arrange(CredentialName credential, Neighbours neighbours);

    /** Which credentials hold a queued operation back at this moment, in the order of their names. */
    List<CredentialName> holding(long operation);
}
