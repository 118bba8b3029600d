package dev.lockstep.crash;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.port.Lifecycles;
import java.util.Map;
import java.util.Optional;

/** Somebody asks for a credential, somebody else approves, and the owner is told; or it is given up. */
final class IssuanceStory extends Story {

    IssuanceStory(Node node, Trial trial) {
        super(node, trial);
    }

    /** There is nothing of it yet. */
    @Override
    void prepare(Site site) {}

    @Override
    boolean happen() {
        if (!trial.operations().isEmpty()) {
            return false;
        }
        node.bean(Lifecycles.class).issue(definition(trial.credential()), "tester", "a trial");
        return true;
    }

    private static Definition definition(Credential wanted) {
        return new Definition(
                wanted.name(),
                wanted.owner(),
                wanted.kind(),
                wanted.target(),
                wanted.store(),
                wanted.mirrors(),
                wanted.policy().name(),
                wanted.principals(),
                wanted.settings(),
                wanted.consumers().stream().map(Consumer::name).toList(),
                wanted.labels(),
                Optional.empty());
    }

    private boolean givenUp() {
        return trial.scenario() == Scenario.ISSUANCE_GIVEN_UP;
    }

    @Override
    Map<String, Map<String, Object>> answers() {
        Map<String, Object> approve = Map.of("decision", "approve");
        Map<String, Object> told = Map.of("comment", "told");
        return givenUp()
                ? Map.of("ApproveIssuance", approve, "ResolveFailedIssuance", Map.of("choice", "giveUp"))
                : Map.of("ApproveIssuance", approve, "HandOverCredential", told);
    }

    @Override
    Map<String, Map<String, Object>> help() {
        return Map.of("ResolveFailedIssuance", Map.of("choice", "retry"));
    }

    /** What an account may still accept is not forgotten. */
    @Override
    void always(Invariants invariants) {
        invariants.nothingIsDestroyedBeforeItsAccountIsGone();
    }

    /** Whoever reads it can use it. */
    @Override
    void waiting(Invariants invariants) {
        invariants.whatIsShownLogsIn();
    }

    @Override
    void atRest(Invariants invariants) {
        if (givenUp()) {
            invariants.nothingIsLeft();
        } else {
            invariants.whatIsReadLogsIn();
            invariants.isMarked(CredentialStatus.ACTIVE);
        }
    }
}
