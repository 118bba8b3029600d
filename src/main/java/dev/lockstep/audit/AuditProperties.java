package dev.lockstep.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit trail, {@code lockstep.audit.*}.
 *
 * @param sealingInterval pause between two turns of the sealer
 * @param sealingBatch events sealed in one transaction
 * @param checkpointInterval a growing chain is checkpointed at least this often
 * @param checkpointEntries and after so many entries
 * @param checkpointFile where checkpoints are kept outside the database; by default in the data directory
 * @param signingKey the node's private key; by default in the data directory
 * @param trustedKeys public keys of other nodes and former keys of this one, whose checkpoints count as well
 */
@ConfigurationProperties("lockstep.audit")
record AuditProperties(
        @DefaultValue("1s") Duration sealingInterval,
        @DefaultValue("500") int sealingBatch,
        @DefaultValue("60s") Duration checkpointInterval,
        @DefaultValue("1000") long checkpointEntries,
        @Nullable Path checkpointFile,
        @Nullable Path signingKey,
        @DefaultValue List<Path> trustedKeys) {

    AuditProperties {
        if (sealingInterval.toMillis() < 1 || sealingBatch < 1 || checkpointEntries < 1) {
            throw new IllegalArgumentException(
                    "lockstep.audit: sealing-interval, sealing-batch and checkpoint-entries are positive");
        }
    }

    Path checkpointFileOr(Path dataDirectory) {
        return checkpointFile == null ? dataDirectory.resolve("audit-checkpoints.jsonl") : checkpointFile;
    }

    Path signingKeyOr(Path dataDirectory) {
        return signingKey == null ? dataDirectory.resolve("audit-signing-key") : signingKey;
    }
}
