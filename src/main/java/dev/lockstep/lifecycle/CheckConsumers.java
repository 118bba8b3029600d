package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Consumers;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds out at the end of the grace who has not moved to the new version. */
@Component
public class CheckConsumers {

    private final Workbench workbench;
    private final Consumers consumers;

    CheckConsumers(Workbench workbench, Consumers consumers) {
        this.workbench = workbench;
        this.consumers = consumers;
    }

    /** Reads only. */
    public Laggards run(long operationId) {
        Work work = workbench.of(operationId);
        Policy policy = work.credential().policy();
        List<String> names = consumers.laggards(workbench.candidate(work).ref());
        boolean escalate = !names.isEmpty() && policy.grace().laggards() == Policy.Laggards.WAIT_AND_ESCALATE;
        return new Laggards(work.credential().name(), names, escalate, policy.escalation());
    }

    /**
     * Who lags behind and whether a human has to decide.
     *
     * @param escalate whether the previous version must stay valid until somebody decides
     */
    public record Laggards(
            CredentialName credential, List<String> names, boolean escalate, Policy.Escalation escalation) {}
}
