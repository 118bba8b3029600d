package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.Incident;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Incidents;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what is known of a credential at rest: when it was last compared with its target, and who doubts it. */
@Component
class CheckFacts {

    private final Checks checks;
    private final Incidents incidents;

    CheckFacts(Checks checks, Incidents incidents) {
        this.checks = checks;
        this.incidents = incidents;
    }

    /** What the last comparison with the target found. */
    @Schema(name = "LastCheck")
    record LastCheck(
            @Schema(description = "missing when it was never compared") @Nullable
            Instant at,

            @Schema(description = "what is wrong; missing when nothing is") @Nullable
            FailureView finding,

            @Schema(description = "since when that is known") @Nullable
            Instant foundAt) {}

    LastCheck lastCheck(CredentialName name) {
        Finding finding = checks.finding(name).orElse(null);
        return new LastCheck(
                checks.checkedAt(name).orElse(null),
                finding == null ? null : FailureView.of(finding.code(), finding.detail()),
                finding == null ? null : finding.foundAt());
    }

    /** The labels of the open incidents that concern it. */
    List<String> openIncidents(CredentialName name) {
        return incidents.openAbout(List.of(name)).stream().map(Incident::label).toList();
    }
}
