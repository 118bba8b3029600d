package dev.lockstep.lifecycle;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides by the policy whether a credential may be issued and who has to agree. Asks nobody outside. */
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
        Optional<Policy.Approval> approval = work.credential().policy().approval();
        return new Checked(
                work,
                definition,
                next(work, objections, approval),
                approval.map(Policy.Approval::group).orElse(""),
                approval.map(Policy.Approval::deadline).orElse(Duration.ZERO));
    }

    private List<String> objections(Work work, Definition definition) {
        Policy policy = work.credential().policy();
        List<String> objections = new ArrayList<>(IssuanceRules.objections(definition, policy, clock.instant()));
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

    private static Next next(Work work, List<String> objections, Optional<Policy.Approval> approval) {
        if (work.operation().rollback()) {
            return Next.CANCEL;
        }
        if (!objections.isEmpty()) {
            return Next.REFUSE;
        }
        return approval.isPresent() ? Next.ASK : Next.ISSUE;
    }

    /**
     * What the policy says.
     *
     * @param approverGroup empty when nobody has to approve
     * @param approvalDeadline zero when nobody has to approve
     */
    public record Checked(
            Operation operation, Definition definition, Next next, String approverGroup, Duration approvalDeadline) {

        Checked(Work work, Definition definition, Next next, String approverGroup, Duration approvalDeadline) {
            this(work.operation(), definition, next, approverGroup, approvalDeadline);
        }
    }

    /** The ways on. */
    public enum Next {
        ISSUE,
        ASK,
        REFUSE,
        CANCEL
    }
}
