package dev.lockstep.web;

import dev.lockstep.port.Processes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** One deployed version of a process. */
record ProcessView(
        @Schema(example = "rotation") String process,
        @Schema(example = "Rotation") String name,
        @Schema(example = "1.2") String versionTag,

        @Schema(description = "counts the deployments of the process from 1")
        int version,

        @Schema(description = "the engine's id") String definition,

        @Schema(description = "how many instances run on it")
        long running,

        boolean suspended,
        Instant deployedAt) {

    static ProcessView of(Processes.Deployed deployed) {
        return new ProcessView(
                deployed.process(),
                deployed.name(),
                deployed.versionTag(),
                deployed.number(),
                deployed.definition(),
                deployed.running(),
                deployed.suspended(),
                deployed.deployedAt());
    }
}
