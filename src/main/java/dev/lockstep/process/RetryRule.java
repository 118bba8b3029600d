package dev.lockstep.process;

import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lets models say {@code ${retries.backoff(execution)}} where the engine wants a retry rule. */
@Component("retries")
public class RetryRule implements ModelBean {

    /** Spare tries of the job itself, so that the ledger's count and not the engine's ends a step. */
    private static final int SPARE = 5;

    private static final String WITHOUT_POLICY = "PT10S,PT1M,PT5M";

    private final Operations operations;
    private final Catalog catalog;

    RetryRule(Operations operations, Catalog catalog) {
        this.operations = operations;
        this.catalog = catalog;
    }

    /** The policy's back-off as the engine's list of intervals, longer than the policy's number of attempts. */
    public String backoff(DelegateExecution execution) {
        return operations
                .find(ModelVariables.operation(execution))
                .flatMap(operation -> catalog.credential(operation.credential()))
                .map(credential -> intervals(credential.policy()))
                .orElse(WITHOUT_POLICY);
    }

    private static String intervals(Policy policy) {
        Policy.Retries retries = policy.retries();
        return IntStream.rangeClosed(1, retries.attempts() + policy.patientAttempts() + SPARE)
                .mapToObj(attempt -> retries.backoffAfter(attempt).toString())
                .collect(Collectors.joining(","));
    }
}
