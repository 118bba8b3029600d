package dev.lockstep.port;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;

/** What may be asked of the emergency process. */
public interface Emergencies {

    /**
     * Opens an incident, or adds the signal to the open one that is about the same leak. When this returns, the
     * incident is durable and its process has begun or will.
     *
     * @return the incident; the same one again for a delivery that is known already
     */
    Incident report(Signal signal);
}
