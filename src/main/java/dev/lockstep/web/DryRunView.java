package dev.lockstep.web;

import dev.lockstep.port.DryRuns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in a dry run. */
record DryRunView(
        @Schema(description = "ended, waits, stuck or unbounded", example = "ended")
        String state,

        String sentence,

        @Schema(description = "ids of the activities at which it stands")
        List<String> at,

        @Schema(description = "how the operation ended; missing without one", example = "rotated") @Nullable
        String outcome,

        @Schema(description = "in the order in which they began")
        List<Activity> path,

        @Schema(description = "ids of the sequence flows that were taken")
        List<String> flows,

        @Schema(description = "what of the plan was not used")
        List<String> notes,

        Simulated simulated,

        @Schema(description = "the diagram as SVG with the path marked; missing when the model has none") @Nullable
        String picture) {

    /** One activity that began. */
    record Activity(
            String id,
            String name,
            @Schema(example = "serviceTask") String type,

            @Schema(description = "false when it was undone with its transaction, because a later step failed")
            boolean kept,

            @Schema(description = "why it failed; missing when it did not") @Nullable
            String problem,

            @Schema(description = "on the clock of the run") Instant at) {}

    /** What the simulated store and target hold at the end. */
    record Simulated(
            @Schema(description = "the version that applications read") @Nullable
            Integer served,

            List<Held> versions,

            @Schema(description = "the target's accounts by principal")
            Map<String, Account> accounts) {}

    /** A version. */
    record Held(int version, @Schema(example = "current") String stage, String principal, boolean stored) {}

    /** An account at the target. */
    record Account(
            @Schema(description = "the version whose login it accepts; missing when none") @Nullable
            Integer accepts,

            boolean disabled) {}

    static DryRunView of(DryRuns.Report report) {
        return new DryRunView(
                Labels.text(report.end().state()),
                report.end().sentence(),
                report.end().at(),
                report.end().outcome(),
                report.path().stream()
                        .map(entry -> new Activity(
                                entry.activity(),
                                entry.name(),
                                entry.type(),
                                entry.kept(),
                                entry.problem(),
                                entry.at()))
                        .toList(),
                report.flows(),
                report.notes(),
                simulated(report.simulated()),
                report.picture());
    }

    private static Simulated simulated(DryRuns.Simulated world) {
        Map<String, Account> accounts = new TreeMap<>();
        world.accounts()
                .forEach((principal, account) ->
                        accounts.put(principal, new Account(account.accepts(), account.disabled())));
        return new Simulated(
                world.served(),
                world.versions().stream()
                        .map(held ->
                                new Held(held.version(), Labels.text(held.stage()), held.principal(), held.stored()))
                        .toList(),
                accounts);
    }
}
