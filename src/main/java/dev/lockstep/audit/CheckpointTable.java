package dev.lockstep.audit;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The copies of checkpoints in the database, those of all nodes. */
final class CheckpointTable {

    private static final String INSERT = """
            INSERT INTO audit_checkpoint (position, hash, signed_at, key_id, previous, signature)
            VALUES (:position, :hash, :time, :keyId, :previous, :signature)
            """;

    private static final String LAST_ID = """
            SELECT COALESCE(MAX(id), 0) FROM audit_checkpoint
            """;

    private static final String PAGE = """
            SELECT id, position, hash, signed_at, key_id, previous, signature
            FROM audit_checkpoint
            WHERE id > :after AND id <= :through
            ORDER BY id
            LIMIT :limit
            """;

    private static final String FLUSH_H2 = "CHECKPOINT SYNC";

    private final JdbcClient jdbc;
    private final boolean h2;

    /** @param h2 whether the database is H2, which writes commits to disk only some time later */
    CheckpointTable(JdbcClient jdbc, boolean h2) {
        this.jdbc = jdbc;
        this.h2 = h2;
    }

    /** Makes sure that what a checkpoint is about to attest survives a crash of the database. */
    void makeChainDurable() {
        if (h2) {
            jdbc.sql(FLUSH_H2).update();
        }
    }

    void insert(Checkpoint checkpoint) {
        jdbc.sql(INSERT)
                .param("position", checkpoint.position())
                .param("hash", checkpoint.hash())
                .param("time", checkpoint.time())
                .param("keyId", checkpoint.keyId())
                .param("previous", checkpoint.previous())
                .param("signature", checkpoint.signature())
                .update();
    }

    /** Id of the newest row; 0 when there is none. */
    long lastId() {
        return jdbc.sql(LAST_ID).query(Long.class).single();
    }

    /** Rows in the order of writing. */
    List<Row> page(long after, long through, int limit) {
        return jdbc.sql(PAGE)
                .param("after", after)
                .param("through", through)
                .param("limit", limit)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        new Checkpoint(
                                row.getLong("position"),
                                row.getString("hash"),
                                row.getString("signed_at"),
                                row.getString("key_id"),
                                row.getString("previous"),
                                row.getString("signature"))))
                .list();
    }

    /** One copy. */
    record Row(long id, Checkpoint checkpoint) {}
}
