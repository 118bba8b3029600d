package dev.lockstep.ledger;

import dev.lockstep.port.ConfigurationRecords.PlanRow;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Packed files and plans, in pieces. */
final class ConfigurationContents {

    private static final int PIECE = 512 * 1024;

    private static final String ADD =
            "INSERT INTO configuration_content (digest, piece, content) VALUES (:digest, :piece, :content)";

    private static final String THERE = "SELECT COUNT(*) FROM configuration_content WHERE digest = :digest";

    private static final String READ =
            "SELECT content FROM configuration_content WHERE digest = :digest ORDER BY piece";

    private static final String FORGET_PLAN = "DELETE FROM configuration_plan WHERE id = :id";

    private static final String ADD_PLAN = """
            INSERT INTO configuration_plan (id, candidate, content, planned_by, planned_at)
            VALUES (:id, :candidate, :content, :by, :at)
            """;

    private static final String PLANNED = "SELECT content FROM configuration_plan WHERE id = :id";

    private static final String FORGET_PLANS = "DELETE FROM configuration_plan WHERE planned_at < :before";

    private static final String FORGET_CONTENTS = """
            DELETE FROM configuration_content
             WHERE digest NOT IN (SELECT candidate FROM configuration_plan)
               AND digest NOT IN (SELECT content FROM configuration_plan)
               AND digest NOT IN (SELECT digest FROM configuration_applied WHERE id > :oldest OR settled_at IS NULL)
               AND digest NOT IN (SELECT former FROM configuration_applied
                                   WHERE former IS NOT NULL AND (id > :oldest OR settled_at IS NULL))
            """;

    private static final String NEWEST = "SELECT COALESCE(MAX(id), 0) FROM configuration_applied";

    private final JdbcClient jdbc;
    private final Transactions transactions;

    ConfigurationContents(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** All pieces or none, so that whoever finds a digest finds all of it. */
    void keep(String digest, byte[] bytes) {
        Transactions.statement(() -> {
            try {
                return transactions.ownUntranslated(() -> add(digest, bytes));
            } catch (DuplicateKeyException another) {
                return 0;
            }
        });
    }

    private int add(String digest, byte[] bytes) {
        if (jdbc.sql(THERE).param("digest", digest).query(Integer.class).single() > 0) {
            return 0;
        }
        int piece = 0;
        for (int from = 0; from < bytes.length; from += PIECE) {
            jdbc.sql(ADD)
                    .param("digest", digest)
                    .param("piece", piece++)
                    .param("content", Arrays.copyOfRange(bytes, from, Math.min(from + PIECE, bytes.length)))
                    .update();
        }
        return piece;
    }

    Optional<byte[]> find(String digest) {
        List<byte[]> pieces = Transactions.statement(() -> jdbc.sql(READ)
                .param("digest", digest)
                .query((row, number) -> row.getBytes("content"))
                .list());
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return Optional.of(all.toByteArray());
    }

    /** Takes the place of an earlier one of the same id, which is older news about the same. */
    void plan(PlanRow plan) {
        Transactions.statement(() -> {
            try {
                return transactions.ownUntranslated(() -> {
                    jdbc.sql(FORGET_PLAN).param("id", plan.id()).update();
                    return jdbc.sql(ADD_PLAN)
                            .param("id", plan.id())
                            .param("candidate", plan.candidate())
                            .param("content", plan.content())
                            .param("by", plan.by())
                            .param("at", Columns.utc(plan.at()))
                            .update();
                });
            } catch (DuplicateKeyException another) {
                return 0;
            }
        });
    }

    Optional<String> planned(String id) {
        return Transactions.statement(
                () -> jdbc.sql(PLANNED).param("id", id).query(String.class).optional());
    }

    void prune(Instant plansBefore, int newest) {
        transactions.own(() -> {
            jdbc.sql(FORGET_PLANS).param("before", Columns.utc(plansBefore)).update();
            long last = jdbc.sql(NEWEST).query(Long.class).single();
            return jdbc.sql(FORGET_CONTENTS).param("oldest", last - newest).update();
        });
    }
}
