package dev.lockstep.audit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the audit trail, {@code lockstep.audit.*}.
 *
 * @param sealingInterval pause between two turns of the sealer
 * @param sealingBatch events sealed in one transaction
 * @param checkpointInterval a growing chain is checkpointed at least this often
 * @param checkpointEntries and after so many entries
 * @param checkpointFile where checkpoints are kept outside the database; by default in the data directory
 * @param signingKey the node's private key; by default in the data directory
 * @param retention how long an entry stays in the database before it is archived; for ever when null
 * @param archiveInterval how much time one archive holds, where it holds no more entries than fit
 * @param archiveDirectory where archives are written; by default in the data directory
 * @param streamInterval pause between two looks at what can be handed on
 * @param streams receivers of the sealed entries, by name
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
        @DefaultValue List<Path> trustedKeys,
        @Nullable Duration retention,
        @DefaultValue("1d") Duration archiveInterval,
        @Nullable Path archiveDirectory,
        @DefaultValue("5s") Duration streamInterval,
        @DefaultValue Map<String, Stream> streams) {

    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    /**
     * Where the sealed entries are handed on to.
     *
     * @param to {@code file:/path}, {@code udp://}, {@code tcp://} or {@code tls://host:port} for syslog, or the
     *     {@code http(s)://} address of an OpenTelemetry collector's logs
     * @param maxSize bytes after which a file is put aside
     * @param keep how many files that were put aside are kept
     * @param sslBundle whose certificates are trusted over TLS; those of Java when null
     */
    record Stream(
            URI to,
            @DefaultValue("100MB") DataSize maxSize,
            @DefaultValue("10") int keep,
            @Nullable String sslBundle) {

        Stream {
            String scheme = String.valueOf(to.getScheme());
            boolean net = Set.of("udp", "tcp", "tls").contains(scheme) && to.getHost() != null && to.getPort() > 0;
            boolean web = Set.of("http", "https").contains(scheme) && to.getHost() != null;
            boolean file = scheme.equals("file") && to.getPath() != null;
            if ((!net && !web && !file) || keep < 0 || maxSize.toBytes() < 1) {
                throw new IllegalArgumentException("lockstep.audit.streams: to is file:/path, udp://host:port,"
                        + " tcp://host:port, tls://host:port or the http address of a collector's logs");
            }
        }
    }

    AuditProperties {
        if (sealingInterval.toMillis() < 1 || sealingBatch < 1 || checkpointEntries < 1) {
            throw new IllegalArgumentException(
                    "lockstep.audit: sealing-interval, sealing-batch and checkpoint-entries are positive");
        }
        if (retention != null && retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "lockstep.audit.retention is at least 1d; without it entries stay for ever");
        }
        if (archiveInterval.toSeconds() < 1) {
            throw new IllegalArgumentException("lockstep.audit.archive-interval is at least 1s");
        }
    }

    Path archiveDirectoryOr(Path dataDirectory) {
        return archiveDirectory == null ? dataDirectory.resolve("audit-archive") : archiveDirectory;
    }

    Path checkpointFileOr(Path dataDirectory) {
        return checkpointFile == null ? dataDirectory.resolve("audit-checkpoints.jsonl") : checkpointFile;
    }

    Path signingKeyOr(Path dataDirectory) {
        return signingKey == null ? dataDirectory.resolve("audit-signing-key") : signingKey;
    }
}
