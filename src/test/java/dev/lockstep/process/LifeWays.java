package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Policy.Asks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;

/** The wait states with which the life of a credential begins and ends. */
class LifeWays extends Ways {

    private static final Duration QUARANTINE = Duration.ofMinutes(5);

    @Autowired
    LifeStand life;

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of("issuance", issuance(), "issuance-request", Map.of(), "decommission", decommission());
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of(
                "ApproveIssuance", Map.of("decision", "approve"),
                "HandOverCredential", Map.of("comment", "told them"),
                "ResolveFailedIssuance", Map.of("choice", "giveUp"),
                "ApproveDecommission", Map.of("decision", "approve"),
                "ResolveReadAttempt", Map.of("readersChoice", "goOn"),
                "ResolveFailedDecommission", Map.of("choice", "retry"));
    }

    private Map<String, Supplier<String>> issuance() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("ApproveIssuance", this::approvingIssuance);
        ways.put("after:ApproveIssuance", () -> complete(approvingIssuance(), Map.of("decision", "approve")));
        ways.put("HandOverCredential", this::handingOver);
        ways.put("after:HandOverCredential", () -> complete(handingOver(), Map.of("comment", "told them")));
        ways.put("before:UndoIssue", () -> instance(failingIssuance()));
        ways.put("before:VerifyUndone", () -> run(instance(failingIssuance()), "UndoIssue"));
        ways.put("ResolveFailedIssuance", () -> settled(failingIssuance()));
        ways.put("after:ResolveFailedIssuance", () -> answered("retry"));
        ways.put("after:PrepareRetry", () -> run(answered("retry"), "ResolveFailedIssuance"));
        ways.put("after:PrepareRetryNewSecret", () -> run(answered("retryNewSecret"), "ResolveFailedIssuance"));
        return ways;
    }

    private Map<String, Supplier<String>> decommission() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("ApproveDecommission", () -> instance(ending(Asks.ALWAYS, QUARANTINE)));
        ways.put(
                "after:ApproveDecommission",
                () -> complete(instance(ending(Asks.ALWAYS, QUARANTINE)), Map.of("decision", "approve")));
        ways.put("Quarantine", () -> instance(ending(Asks.NEVER, QUARANTINE)));
        ways.put("ResolveReadAttempt", this::readAttempted);
        ways.put("after:ResolveReadAttempt", () -> complete(readAttempted(), Map.of("readersChoice", "goOn")));
        ways.put("after:AnswerReads", () -> chosen("wait"));
        ways.put("after:NoteKeep", () -> chosen("keep"));
        ways.put("before:ReadyToRemove", () -> instance(ending(Asks.NEVER, Duration.ZERO)));
        ways.put("before:UndoDecommission", this::calledOff);
        ways.put("before:VerifyKept", () -> run(calledOff(), "UndoDecommission"));
        ways.put("before:UndoDisable", () -> instance(notDisabled()));
        ways.put("ResolveFailedDecommission", () -> settled(notDisabled()));
        ways.put("after:ResolveFailedDecommission", () -> complete(settled(notDisabled()), Map.of("choice", "retry")));
        ways.put(
                "after:PrepareRetry",
                () -> run(complete(settled(notDisabled()), Map.of("choice", "retry")), "ResolveFailedDecommission"));
        return ways;
    }

    private Operation issue(Given given, boolean handover) {
        Policy.Issuance issuance = new Policy.Issuance(Grants.NONE, Set.of("test"), Optional.empty(), handover);
        return life.issue(life.wanted(given.issuance(issuance).rules(), Optional.empty()));
    }

    private String approvingIssuance() {
        return instance(issue(Given.policy().approval(), false));
    }

    private String handingOver() {
        return instance(issue(Given.policy(), true));
    }

    private Operation failingIssuance() {
        Policy.Issuance issuance = new Policy.Issuance(Grants.NONE, Set.of("test"), Optional.empty(), false);
        Definition definition = life.wanted(Given.policy().issuance(issuance).rules(), Optional.empty());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        return life.issue(definition);
    }

    private String answered(String choice) {
        return complete(settled(failingIssuance()), Map.of("choice", choice));
    }

    private Credential inUse(Asks asks, Duration quarantine) {
        return stand.adopted(Given.policy().decommission(new Policy.Decommission(quarantine, asks, Optional.empty())));
    }

    private Operation ending(Asks asks, Duration quarantine) {
        return life.decommission(inUse(asks, quarantine));
    }

    private String readAttempted() {
        Operation operation = ending(Asks.NEVER, QUARANTINE);
        life.lifecycles.readAttempted(operation.credential(), "web");
        return instance(operation);
    }

    private String chosen(String choice) {
        return run(complete(readAttempted(), Map.of("readersChoice", choice)), "ResolveReadAttempt");
    }

    private String calledOff() {
        Operation operation = ending(Asks.NEVER, QUARANTINE);
        life.lifecycles.cancel(operation.id(), "tester");
        return instance(operation);
    }

    private Operation notDisabled() {
        Credential credential = inUse(Asks.NEVER, QUARANTINE);
        stand.target.fail("disable", 1, RotationStand.DENIED);
        return life.decommission(credential);
    }
}
