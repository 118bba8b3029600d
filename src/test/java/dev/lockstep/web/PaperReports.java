package dev.lockstep.web;

import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Consumers;
import org.springframework.boot.test.context.TestComponent;

/** Notes in the ledger what consumers tell, without a process that waits for it. */
@TestComponent
class PaperReports implements ConsumerReports {

    @Override
    public void moved(SecretRef ref) {}

    private final Consumers consumers;

    PaperReports(Consumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public void acknowledge(String consumer, SecretRef ref) {
        consumers.seen(consumer, ref);
    }

    @Override
    public boolean complain(String consumer, SecretRef ref, ConsumerProblem problem) {
        consumers.report(consumer, ref, problem);
        return problem == ConsumerProblem.AUTHENTICATION_FAILED;
    }
}
