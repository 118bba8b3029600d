package dev.lockstep.web;

import dev.lockstep.port.Configurations;
import dev.lockstep.port.Configurations.Change;
import dev.lockstep.port.Configurations.Field;
import dev.lockstep.port.Configurations.Load;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.Configurations.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as the API tells it. */
@Schema(name = "Plan")
record PlanView(
        @Schema(description = "a hash over what is in force and the candidate", example = "5f0a3c9d1b7e2468")
        String id,

        @Schema(
                description = "stale when something else was applied since",
                allowableValues = {"open", "stale", "applied"})
        String status,

        @Schema(description = "digest of what was in force") String base,
        @Schema(description = "digest of the candidate") String candidate,

        @Schema(description = "host and directory, or `api`")
        String origin,

        @Nullable String commit,
        String plannedBy,
        Instant plannedAt,
        Summary summary,

        @Schema(description = "targets, stores, channels, policies, credentials, in this order")
        List<ChangeView> changes,

        @Schema(description = "so many more changes are counted, but not listed")
        int leftOut,

        @Schema(description = "rotations of the next 90 days, for each target where they change")
        List<LoadView> load) {

    /** One thing that changes. */
    @Schema(name = "PlannedChange")
    record ChangeView(
            @Schema(
                    allowableValues = {"create", "adopt", "change", "reschedule", "remove"},
                    description = "`remove`: a credential that left the files stays readable and is not rotated")
            String action,

            @Schema(allowableValues = {"target", "store", "channel", "identity", "policy", "credential"})
            String kind,

            String name,
            List<FieldView> fields,
            @Nullable Instant dueBefore,
            @Nullable Instant dueAfter,

            @Schema(description = "what else a person has to know") @Nullable
            String note) {

        static ChangeView of(Change change) {
            return new ChangeView(
                    Labels.text(change.action()),
                    change.kind(),
                    change.name(),
                    change.fields().stream().map(FieldView::of).toList(),
                    change.dueBefore(),
                    change.dueAfter(),
                    change.note());
        }
    }

    /** One field that changes. */
    @Schema(name = "PlannedField")
    record FieldView(
            String name,
            @Nullable String before,
            @Nullable String after,

            @Schema(description = "whether values are left out because they could be secrets")
            boolean hidden) {

        static FieldView of(Field field) {
            return new FieldView(field.name(), field.before(), field.after(), field.hidden());
        }
    }

    /** Rotations at a target by day. */
    @Schema(name = "PlannedLoad")
    record LoadView(
            String target,
            @Schema(description = "the first day") LocalDate from,

            @Schema(description = "the most on one day as things stand")
            int peakBefore,

            @Schema(description = "the most on one day with the plan")
            int peakAfter,

            @Schema(description = "of each day as things stand")
            List<Integer> before,

            @Schema(description = "of each day with the plan")
            List<Integer> after) {

        static LoadView of(Load load) {
            return new LoadView(
                    load.target(), load.from(), load.peakBefore(), load.peakAfter(), load.before(), load.after());
        }
    }

    static PlanView of(Plan plan) {
        return new PlanView(
                plan.id(),
                status(plan.status()),
                plan.base(),
                plan.candidate(),
                plan.origin(),
                plan.commit(),
                plan.plannedBy(),
                plan.plannedAt(),
                plan.summary(),
                plan.changes().stream().map(ChangeView::of).toList(),
                plan.leftOut(),
                plan.load().stream().map(LoadView::of).toList());
    }

    private static String status(Configurations.Status status) {
        return Labels.text(status);
    }
}
