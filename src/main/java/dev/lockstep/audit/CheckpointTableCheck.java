package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.List;
import java.util.Optional;

/** Checks the copies in the database for what the file of this node cannot know: its own cut tail, and other nodes. */
final class CheckpointTableCheck {

    private static final int PAGE = 500;

    private final CheckpointTable table;
    private final TrustedKeys keys;
    private final AttestedChain chain;
    private long foreign;

    CheckpointTableCheck(CheckpointTable table, TrustedKeys keys, AttestedChain chain) {
        this.table = table;
        this.keys = keys;
        this.chain = chain;
    }

    /**
     * The first copy that is wrong.
     *
     * @param through the last row to look at, taken before the file was read
     * @param filed up to where the file of this node reaches; own copies up to there are not looked at again
     */
    Optional<Finding> firstBad(long through, long filed) {
        List<CheckpointTable.Row> page = table.page(0, through, PAGE);
        while (!page.isEmpty()) {
            for (CheckpointTable.Row row : page) {
                Optional<Finding> bad = judge(row.checkpoint(), filed);
                if (bad.isPresent()) {
                    return bad;
                }
            }
            page = table.page(page.get(page.size() - 1).id(), through, PAGE);
        }
        return Optional.empty();
    }

    /** Copies whose key is not trusted here. */
    long foreign() {
        return foreign;
    }

    private Optional<Finding> judge(Checkpoint checkpoint, long filed) {
        Optional<VerificationKey> key = keys.find(checkpoint);
        if (key.isEmpty()) {
            foreign++;
            return Optional.empty();
        }
        boolean own = keys.isOwn(checkpoint);
        if (own && checkpoint.position() <= filed) {
            return Optional.empty();
        }
        if (!checkpoint.signedBy(key.get())) {
            return Optional.of(Findings.at(
                    Problem.CHECKPOINT_INVALID,
                    checkpoint.position(),
                    null,
                    "a checkpoint in the database is not signed by the key that it names"));
        }
        return own ? Optional.of(missingInFile(checkpoint, filed)) : chain.contradiction(List.of(checkpoint));
    }

    private static Finding missingInFile(Checkpoint checkpoint, long filed) {
        return new Finding(
                Problem.CHECKPOINTS_CUT,
                filed + 1,
                checkpoint.position(),
                null,
                "the checkpoint file ends before the checkpoint of %s, which the database knows"
                        .formatted(checkpoint.time()));
    }
}
