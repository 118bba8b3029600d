package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Operations;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells process instances of each other once it is committed. What a message tells stands in the ledger; one that gets
 * lost is sent again by the schedule.
 */
@Component
class IncidentMessages {

    private static final Logger log = LoggerFactory.getLogger(IncidentMessages.class);

    private final Incidents incidents;
    private final Operations operations;
    private final OtherLeaks others;
    private final Messages messages;

    IncidentMessages(Incidents incidents, Operations operations, OtherLeaks others, Messages messages) {
        this.incidents = incidents;
        this.operations = operations;
        this.others = others;
        this.messages = messages;
    }

    /** The processes of superseded operations stand down. */
    void compromisedAfterCommit(List<Operation> superseded) {
        superseded.forEach(operation -> afterCommit(() -> messages.compromised(operation)));
    }

    /** The incidents of the operation go on when it was the last one that they waited for. */
    void settledAfterCommit(long operation) {
        afterCommit(() -> tellIfSettled(operation));
    }

    /** There is one more signal to look at. */
    void signalAfterCommit(Incident incident) {
        afterCommit(() -> messages.signalReported(incident));
    }

    /** Sends again what may have got lost. */
    void resend(int limit) {
        if (!others.waiting()) {
            incidents.settledUnheard(limit).forEach(messages::allContained);
        }
        operations.supersededOfLate(limit).forEach(messages::compromised);
    }

    /** While other leaks are still to be contained that comes first, and the schedule tells it a little later. */
    private void tellIfSettled(long operation) {
        if (!others.waiting()) {
            incidents.of(operation).stream()
                    .filter(incident -> incidents.settled(incident.id()))
                    .forEach(messages::allContained);
        }
    }

    private static void afterCommit(Runnable message) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    message.run();
                } catch (RuntimeException lost) {
                    log.warn("a message is sent again later: {}", lost.getMessage());
                }
            }
        });
    }
}
