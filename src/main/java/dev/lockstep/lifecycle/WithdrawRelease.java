package dev.lockstep.lifecycle;

import dev.lockstep.port.Consumers;
import dev.lockstep.port.Versions;
import org.springframework.stereotype.Component;

/** Undoes every {@link ReleaseWave}: nobody is served the candidate any more, before the target stops accepting it. */
@Component
public class WithdrawRelease {

    private final DemoteVersion later;
    private final Versions versions;
    private final Consumers consumers;

    WithdrawRelease(DemoteVersion later, Versions versions, Consumers consumers) {
        this.later = later;
        this.versions = versions;
        this.consumers = consumers;
    }

    /** Can be repeated. */
    public void run(long operationId) {
        later.run(operationId);
        versions.candidate(operationId).ifPresent(candidate -> consumers.withdraw(candidate.ref()));
    }
}
