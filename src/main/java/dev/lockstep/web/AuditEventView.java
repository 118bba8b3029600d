package dev.lockstep.web;

import dev.lockstep.port.AuditReview;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of the audit trail. */
record AuditEventView(
        @Schema(description = "key for paging") long id,
        Instant recordedAt,
        String actor,
        @Schema(example = "target.apply") String action,
        @Schema(description = "INTENT, OUTCOME or FACT") String phase,
        String subject,
        @Schema(example = "op-17") @Nullable String operation,
        Map<String, String> details,

        @Schema(description = "place in the chain; missing until sealed") @Nullable
        Long position,

        @Nullable String hash) {

    static AuditEventView of(AuditReview.Entry entry) {
        Long operation = entry.operation();
        return new AuditEventView(
                entry.id(),
                entry.recordedAt(),
                entry.actor(),
                entry.action(),
                entry.phase(),
                entry.subject(),
                operation == null ? null : "op-" + operation,
                entry.details(),
                entry.position(),
                entry.hash());
    }
}
