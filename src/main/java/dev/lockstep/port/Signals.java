package dev.lockstep.port;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakReport;

/** Where reports of leaks come in. */
public interface Signals {

    /**
     * Makes a signal of a report and hands it to the emergency process. The value is turned into a fingerprint and
     * wiped.
     *
     * @return the incident that it opened or belongs to; the same one again when it was delivered before
     * @throws dev.lockstep.domain.InvalidInput when it names nothing, or an unknown credential, or its text holds the
     *     value
     */
    Incident report(LeakReport report);
}
