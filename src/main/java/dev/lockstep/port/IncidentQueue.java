package dev.lockstep.port;

import dev.lockstep.domain.IncidentClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The incidents whose process has not begun yet. */
public interface IncidentQueue {

    /**
     * Takes the oldest ones for a worker, in a transaction of its own. A claim whose worker dies may be taken again
     * when its lease is over.
     */
    List<IncidentClaim> claim(Instant now, int limit, Duration lease);

    /**
     * Notes the process instance that carries the incident, in the caller's transaction. Returns false, changing
     * nothing, when somebody else has the claim by now.
     */
    boolean bind(IncidentClaim claim, String processInstance);

    /** Hands a claim back until then. Returns false, changing nothing, when somebody else has the claim by now. */
    boolean postpone(IncidentClaim claim, Instant until);
}
