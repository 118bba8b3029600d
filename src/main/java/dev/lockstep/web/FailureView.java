package dev.lockstep.web;

import dev.lockstep.domain.FailureCode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why something failed, and where to read on. */
record FailureView(
        @Schema(example = "target-unreachable") String code,
        @Nullable String message,
        @Schema(example = "/runbook#target-unreachable") String runbook) {

    static @Nullable FailureView of(@Nullable FailureCode code, @Nullable String message) {
        return code == null ? null : new FailureView(code.anchor(), message, "/runbook#" + code.anchor());
    }
}
