package dev.lockstep.process;

import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Quarantine;
import org.springframework.stereotype.Component;

/**
 * Tells operations again what the ledger knows, in case they were not waiting when it happened. Whoever causes it tells
 * them at once; this is for what got lost, and so it takes running operations in turn, some at each tick.
 */
@Component
class ResumeWaiting {

    private static final int MOST = 500;

    private final Dispatch dispatch;
    private final Quarantine quarantine;
    private final Messages messages;
    private final IncidentMessages incidents;

    /** The last operation that the tick before looked at. */
    private volatile long last;

    ResumeWaiting(Dispatch dispatch, Quarantine quarantine, Messages messages, IncidentMessages incidents) {
        this.dispatch = dispatch;
        this.quarantine = quarantine;
        this.messages = messages;
        this.incidents = incidents;
    }

    void run() {
        Dispatch.Look look = dispatch.refreshed(last, MOST);
        look.found().forEach(messages::consumersRefreshed);
        last = look.last();
        dispatch.calledOff(MOST).forEach(messages::rollBack);
        quarantine.unanswered(MOST).forEach(messages::readAttempted);
        incidents.resend(MOST);
    }
}
