package dev.lockstep.web;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.DryRuns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in a dry run, as a designer writes it; what is left out has its usual value. */
record DryRunPlan(
        @Schema(description = "in-place or alternating", defaultValue = "in-place") @Nullable
        String strategy,

        @Schema(description = "how long consumers may take to move", defaultValue = "PT1H") @Nullable
        String grace,

        @Schema(description = "whether somebody has to approve", defaultValue = "false") @Nullable
        Boolean approval,

        @Schema(description = "how often a step is begun in all, 1 to 10", defaultValue = "3") @Nullable
        Integer attempts,

        @Schema(description = "how often the whole is tried again after an undo, 0 to 5", defaultValue = "1") @Nullable
        Integer retriesLater,

        @Schema(description = "whether the operation is an emergency", defaultValue = "false") @Nullable
        Boolean emergency,

        @Schema(description = "applications, and whether each moves to a new version", example = "{\"web\": true}")
        @Nullable
        Map<String, Boolean> consumers,

        @Schema(description = "further variables of a process that has no operation") @Nullable
        Map<String, Object> variables,

        @Schema(
                description = "which activities fail, by id",
                example = "{\"ApplyToTarget\": {\"times\": 2}, \"VerifyVersion\": {\"permanent\": true}}")
        @Nullable
        Map<String, Failing> failures,

        @Schema(
                description = "what people answer, by id of the user task: at the first visit, at the second, …",
                example = "{\"ResolveFailedRotation\": [{\"choice\": \"retry\"}]}")
        @Nullable
        Map<String, List<Map<String, Object>>> answers,

        @Schema(
                description = "ids of events that happen as soon as something waits for them",
                example = "[\"RollBack\"]")
        @Nullable
        List<String> events) {

    /** How an activity fails. */
    record Failing(
            @Schema(description = "how often in a row; each time when left out") @Nullable
            Integer times,

            @Schema(
                    description = "the model has to take another way; otherwise it is tried again",
                    defaultValue = "false")
            @Nullable
            Boolean permanent,

            @Schema(description = "a failure code of the runbook", example = "target-unreachable") @Nullable
            String code) {

        DryRuns.Failing planned() {
            return new DryRuns.Failing(
                    Optional.ofNullable(times),
                    Boolean.TRUE.equals(permanent),
                    Optional.ofNullable(code).map(this::known));
        }

        private FailureCode known(String anchor) {
            return Arrays.stream(FailureCode.values())
                    .filter(each -> each.anchor().equals(anchor))
                    .findFirst()
                    .orElseThrow(
                            () -> new InvalidInput("failures", "'" + anchor + "' is no failure code of the runbook"));
        }
    }

    DryRuns.Plan with(DryRuns.File model, List<DryRuns.File> others) {
        Map<String, DryRuns.Failing> failing = new HashMap<>();
        Objects.requireNonNullElse(failures, Map.<String, Failing>of())
                .forEach((activity, how) -> failing.put(activity, how.planned()));
        return new DryRuns.Plan(
                model,
                others,
                situation(),
                failing,
                Objects.requireNonNullElse(answers, Map.of()),
                Objects.requireNonNullElse(events, List.of()));
    }

    private DryRuns.Situation situation() {
        DryRuns.Situation usual = DryRuns.Situation.USUAL;
        return new DryRuns.Situation(
                strategy == null ? usual.strategy() : Strategy.of(strategy),
                grace == null ? usual.grace() : duration(grace),
                Boolean.TRUE.equals(approval),
                Inputs.between("attempts", Objects.requireNonNullElse(attempts, usual.attempts()), 1, 10),
                Inputs.between("retriesLater", Objects.requireNonNullElse(retriesLater, usual.retriesLater()), 0, 5),
                Boolean.TRUE.equals(emergency),
                Objects.requireNonNullElse(consumers, Map.of()),
                Objects.requireNonNullElse(variables, Map.of()));
    }

    private static Duration duration(String text) {
        try {
            Duration grace = Duration.parse(text);
            if (!grace.isNegative()) {
                return grace;
            }
        } catch (DateTimeException malformed) {
            throw new InvalidInput("grace", "a grace is written as PT1H or P1D");
        }
        throw new InvalidInput("grace", "a grace is not negative");
    }
}
