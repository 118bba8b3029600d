package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.IncidentClaim;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.IncidentQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** Does by hand, in the caller's thread, what dispatcher and schedule do by themselves. */
public final class HandWorker {

    /** After so long a claim belongs to a dead worker. */
    public static final Duration LEASE = OperationRun.LEASE;

    private final Dispatch dispatch;
    private final OperationRun run;
    private final IncidentQueue queue;
    private final IncidentRun begin;
    private final Messages messages;
    private final IncidentMessages incidents;

    /** Takes the parts of a node that runs neither dispatcher nor job executor. */
    public HandWorker(ApplicationContext node) {
        this.dispatch = node.getBean(Dispatch.class);
        this.run = node.getBean(OperationRun.class);
        this.queue = node.getBean(IncidentQueue.class);
        this.begin = node.getBean(IncidentRun.class);
        this.messages = node.getBean(Messages.class);
        this.incidents = node.getBean(IncidentMessages.class);
    }

    /** Claims what may start and runs each up to its first wait state. Returns what was claimed. */
    public List<Claim> dispatch(Instant now) {
        List<Claim> claims = dispatch.claim(now, 100, Integer.MIN_VALUE, LEASE);
        claims.forEach(run::run);
        return claims;
    }

    /** Claims the incidents that have not begun and runs each up to its first wait state. Returns what was claimed. */
    public List<IncidentClaim> begin(Instant now) {
        List<IncidentClaim> claims = queue.claim(now, 100, IncidentRun.LEASE);
        claims.forEach(begin::run);
        return claims;
    }

    /** Tells the instances that wait for consumers which have all moved meanwhile, and what else may have got lost. */
    public void resumeWaiting() {
        List<Operation> refreshed = dispatch.refreshed(0, 100).found();
        refreshed.forEach(messages::consumersRefreshed);
        incidents.resend(100);
    }
}
