package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.policy.IssuanceRules;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides by the policy whether a credential may be issued. Asks nobody outside. */
@Component
public class CheckIssuance {

    private final Workbench workbench;
    private final Definitions definitions;
    private final Operations operations;
    private final Clock clock;

    CheckIssuance(Workbench workbench, Definitions definitions, Operations operations, Clock clock) {
        this.workbench = workbench;
        this.definitions = definitions;
        this.operations = operations;
        this.clock = clock;
    }

    /** Notes the reasons of a refusal in the ledger. A request that was taken back meanwhile is found here. */
    public Checked run(long operationId) {
        Work work = workbench.of(operationId);
        Definition definition = definitions
                .find(work.credential().name())
                .orElseThrow(() -> new PermanentException(
                        FailureCode.MISCONFIGURED,
                        "nobody asked for " + work.credential().name() + "; only what was requested is issued"));
        List<String> objections = objections(work, definition);
        if (!objections.isEmpty()) {
            operations.noteFailure(operationId, FailureCode.POLICY_REFUSED, String.join("; ", objections));
        }
        return new Checked(work.operation(), work.credential(), definition, next(work, objections));
    }

    private List<String> objections(Work work, Definition definition) {
        Policy policy = work.credential().policy();
        List<String> objections = new ArrayList<>(IssuanceRules.objections(definition, policy, clock.instant()));
        workbench.lack(work.credential()).ifPresent(objections::add);
        if (work.target() instanceof Target.Creates target) {
            policy.issuance()
                    .ifPresent(issuance -> definition
                            .principals()
                            .forEach(principal -> objections.addAll(
                                    target.objections(work.credential().account(principal), issuance.grants()))));
        } else {
            objections.add("Lockstep cannot make accounts at the target " + definition.target());
        }
        return objections;
    }

    private static Next next(Work work, List<String> objections) {
        if (work.operation().rollback()) {
            return Next.CANCEL;
        }
        return objections.isEmpty() ? Next.ISSUE : Next.REFUSE;
    }

    /** What the policy says; who has to agree, a decision table says. */
    public record Checked(Operation operation, Credential credential, Definition definition, Next next) {}

    /** The ways on. */
    public enum Next {
        ISSUE,
        REFUSE,
        CANCEL
    }
}
