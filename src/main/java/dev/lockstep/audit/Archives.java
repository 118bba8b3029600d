package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was archived, as the database knows it; only what a trusted key has signed counts. */
final class Archives {

    private static final String ALL = """
            SELECT first, previous, position, hash, recorded_until, file, sha256, signed_at, key_id, signature
            FROM audit_archive
            ORDER BY position
            """;

    private static final String LAST = """
            SELECT first, previous, position, hash, recorded_until, file, sha256, signed_at, key_id, signature
            FROM audit_archive
            ORDER BY position DESC
            LIMIT 1
            """;

    private static final String INSERT = """
            INSERT INTO audit_archive
                (first, previous, position, hash, recorded_until, file, sha256, signed_at, key_id, signature)
            VALUES
                (:first, :previous, :position, :hash, :recordedUntil, :file, :sha256, :time, :keyId, :signature)
            """;

    private final JdbcClient jdbc;
    private final TrustedKeys keys;

    Archives(JdbcClient jdbc, TrustedKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** The entry that the chain in the database goes on behind; before the first one when nothing was archived. */
    Head base() {
        return jdbc.sql(LAST)
                .query((row, number) -> archive(row))
                .optional()
                .filter(keys::vouchFor)
                .map(Archive::end)
                .orElse(Head.EMPTY);
    }

    /** All of them, oldest first. */
    List<Archive> all() {
        return jdbc.sql(ALL).query((row, number) -> archive(row)).list();
    }

    /** The first one that is not genuine or does not follow the one before. */
    Optional<Finding> firstBad() {
        Head before = Head.EMPTY;
        for (Archive archive : all()) {
            if (!keys.vouchFor(archive)) {
                return invalid(
                        archive,
                        keys.knows(archive.keyId())
                                ? "is not genuine: it was edited or written by others"
                                : "was signed by key %s, which is not trusted here".formatted(archive.keyId()));
            }
            if (archive.first() != before.position() + 1 || !archive.previous().equals(before.hash())) {
                return invalid(archive, "does not follow the one before: one was taken out");
            }
            before = archive.end();
        }
        return Optional.empty();
    }

    void insert(Archive archive) {
        jdbc.sql(INSERT)
                .param("first", archive.first())
                .param("previous", archive.previous())
                .param("position", archive.position())
                .param("hash", archive.hash())
                .param("recordedUntil", archive.recordedUntil().atOffset(ZoneOffset.UTC))
                .param("file", archive.file())
                .param("sha256", archive.sha256())
                .param("time", archive.time())
                .param("keyId", archive.keyId())
                .param("signature", archive.signature())
                .update();
    }

    private static Optional<Finding> invalid(Archive archive, String what) {
        return Optional.of(new Finding(
                Problem.ARCHIVE_INVALID,
                archive.first(),
                archive.position(),
                null,
                "the record of the archive of positions %d to %d %s"
                        .formatted(archive.first(), archive.position(), what)));
    }

    private static Archive archive(ResultSet row) throws SQLException {
        return new Archive(
                row.getLong("first"),
                row.getString("previous"),
                row.getLong("position"),
                row.getString("hash"),
                row.getObject("recorded_until", OffsetDateTime.class).toInstant(),
                row.getString("file"),
                row.getString("sha256"),
                row.getString("signed_at"),
                row.getString("key_id"),
                row.getString("signature"));
    }
}
