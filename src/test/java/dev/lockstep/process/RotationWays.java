package dev.lockstep.process;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The wait states of the rotation and of the review of one that did without its approval. */
class RotationWays extends Ways {

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of("rotation", rotation(), "break-glass-review", brokenGlass());
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of(
                "ApproveRotation", Map.of("decision", "approve"),
                "ResolveLaggards", Map.of("laggardsChoice", "retire"),
                "ResolveFailedRotation", Map.of("choice", "keep"),
                "ResolveFailedRetirement", Map.of("retirementChoice", "leave"),
                "ReviewBreakGlass", Map.of("verdict", "justified"));
    }

    private Map<String, Supplier<String>> rotation() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("ApproveRotation", () -> instance(rotate(Given.policy().approval())));
        ways.put("after:ApproveRotation", () -> answered("ApproveRotation", "decision", "approve"));
        ways.put("WaveSoaks", () -> instance(rotate(waves())));
        ways.put("before:CheckWave", () -> jobAt("WaveSoaks", "SoakOver"));
        ways.put("GracePeriod", () -> instance(rotate(pair())));
        ways.put("before:ReadyToRetire", () -> run(instance(rotate(pair())), "GraceOver"));
        ways.put("ResolveLaggards", () -> run(instance(rotate(pair().consumers("web"))), "GraceOver"));
        ways.put("after:ResolveLaggards", () -> answered("ResolveLaggards", "laggardsChoice", "retire"));
        ways.put("before:UndoRotation", this::rolledBack);
        ways.put("before:UndoReplace", () -> instance(failing(Given.policy())));
        ways.put("before:VerifyPrevious", () -> jobAt("before:UndoReplace", "UndoReplace"));
        ways.put("RetryDelay", () -> settled(failing(Given.policy().retryingLater(1))));
        ways.put("after:PrepareRetry", () -> jobAt("RetryDelay", "RetryDelay"));
        ways.put("ResolveFailedRotation", () -> settled(failing(Given.policy())));
        ways.put("after:ResolveFailedRotation", () -> answered("ResolveFailedRotation", "choice", "retry"));
        ways.put("after:PrepareRetryNewSecret", () -> {
            String instance = answered("ResolveFailedRotation", "choice", "retryNewSecret");
            return run(instance, "ResolveFailedRotation");
        });
        ways.put("ResolveFailedRetirement", this::notRetired);
        ways.put(
                "after:ResolveFailedRetirement",
                () -> answered("ResolveFailedRetirement", "retirementChoice", "retry"));
        ways.put(
                "after:PrepareRetirement",
                () -> run(answered("ResolveFailedRetirement", "retirementChoice", "retry"), "ResolveFailedRetirement"));
        return ways;
    }

    private Map<String, Supplier<String>> brokenGlass() {
        return Map.of(
                "ReviewBreakGlass",
                this::brokenGlassReview,
                "after:ReviewBreakGlass",
                () -> complete(brokenGlassReview(), lastWord("ReviewBreakGlass")));
    }

    private static Given pair() {
        return Given.policy().alternating("app_a", "app_b");
    }

    private static Given waves() {
        Canary.Wave early = new Canary.Wave(0, Map.of("ring", "early"), Duration.ofMinutes(10));
        return pair().consumers(new Consumer("mail", Map.of("ring", "early")), new Consumer("web", Map.of()))
                .canary(new Canary(List.of(early), Optional.empty()));
    }

    private Operation rotate(Given given) {
        return stand.rotate(stand.adopted(given));
    }

    private Operation failing(Given given) {
        Credential credential = stand.adopted(given);
        stand.target.fail(
                "apply", 1, () -> new PermanentException(FailureCode.PRINCIPAL_MISSING, "there is no such account"));
        return stand.rotate(credential);
    }

    private String rolledBack() {
        Operation operation = rotate(pair());
        stand.rotations.rollBack(operation.id(), "tester");
        return instance(operation);
    }

    private String notRetired() {
        Credential credential = stand.adopted(pair());
        Operation operation = stand.rotate(credential);
        stand.target.fail(
                "retire", 1, () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "a right is missing"));
        run(instance(operation), "GraceOver");
        return settled(operation);
    }

    private String brokenGlassReview() {
        Credential credential = stand.adopted(Given.policy().approval().grace(Duration.ZERO));
        stand.rotations.breakGlass(credential.name(), "alice", "the site is down");
        stand.dispatchOnce();
        return stand.tasks.createTaskQuery().taskDefinitionKey("ReviewBreakGlass").list().stream()
                .filter(task -> credential
                        .name()
                        .value()
                        .equals(stand.runtime.getVariable(task.getProcessInstanceId(), "credential")))
                .findFirst()
                .orElseThrow()
                .getProcessInstanceId();
    }

    private String at(String state) {
        return Objects.requireNonNull(rotation().get(state)).get();
    }

    private String jobAt(String from, String activity) {
        return run(at(from), activity);
    }

    private String answered(String task, String field, String choice) {
        return complete(at(task), Map.of(field, choice));
    }
}
