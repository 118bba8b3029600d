package dev.lockstep.web;

import dev.lockstep.port.Configurations;
import dev.lockstep.port.RefusedConfiguration.Flaw;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The configuration in force, and those before it. */
@RestController
@RequestMapping(path = "/api/v1/configuration", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Configuration")
@ProblemResponses
class ConfigurationApi {

    private static final int MOST = 200;

    private final Configurations configurations;

    ConfigurationApi(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Where a node stands. */
    @Schema(name = "ConfigurationState")
    record StateView(
            @Nullable AppliedView inForce,

            @Schema(
                    description =
                            "digest of what the node that answers works with; differs for a moment after a change")
            String loaded,

            @Schema(description = "digest of that node's files; missing when they are refused or not looked at")
            @Nullable
            String files,

            @Schema(description = "commit of that node's files") @Nullable
            String commit,

            @Schema(description = "the plan that would put that node's files in force") @Nullable
            String pending,

            @Schema(description = "why that node's files are not applied by themselves") @Nullable
            String note,

            @Schema(description = "what is wrong with that node's files; the last good configuration stays in force")
            List<Flaw> problems,

            @Schema(description = "since when there are problems") @Nullable
            Instant since) {

        static StateView of(Configurations.State state) {
            return new StateView(
                    state.inForce() == null ? null : AppliedView.of(state.inForce()),
                    state.loaded(),
                    state.files(),
                    state.commit(),
                    state.pending(),
                    state.note(),
                    state.problems(),
                    state.since());
        }
    }

    @GetMapping
    @Operation(
            summary = "Tell what is in force",
            description = "And how the files of the node that answers compare with it.")
    StateView state() {
        return StateView.of(configurations.state());
    }

    @GetMapping("/history")
    @Operation(summary = "List what was applied", description = "Newest first.")
    List<AppliedView> history(@RequestParam(defaultValue = "50") int most) {
        return configurations.history(Inputs.between("most", most, 1, MOST)).stream()
                .map(AppliedView::of)
                .toList();
    }
}
