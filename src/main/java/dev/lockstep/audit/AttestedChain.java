package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares genuine checkpoints, in batches, with what the chain says now. */
final class AttestedChain {

    private final Chain chain;
    private final Head base;
    private long confirmed;

    /** @param base the last entry that was archived; what checkpoints attest before it is the archives' to prove */
    AttestedChain(Chain chain, Head base) {
        this.chain = chain;
        this.base = base;
    }

    /** The first checkpoint that the chain contradicts. */
    Optional<Finding> contradiction(List<Checkpoint> checkpoints) {
        Map<Long, String> hashes =
                chain.hashes(checkpoints.stream().map(Checkpoint::position).toList());
        for (Checkpoint checkpoint : checkpoints) {
            String hash = checkpoint.position() == base.position() ? base.hash() : hashes.get(checkpoint.position());
            if (checkpoint.position() >= base.position() && !checkpoint.hash().equals(hash)) {
                return Optional.of(hash == null ? cut(checkpoint) : forked(checkpoint));
            }
            confirmed = Math.max(confirmed, checkpoint.position());
        }
        return Optional.empty();
    }

    private Finding cut(Checkpoint checkpoint) {
        long missing = Math.min(chain.head().position() + 1, checkpoint.position());
        return new Finding(
                Problem.CUT,
                missing,
                checkpoint.position(),
                chain.eventWithoutSeal().orElse(null),
                "the chain ends before position %d, which a checkpoint of %s attests"
                        .formatted(checkpoint.position(), checkpoint.time()));
    }

    private Finding forked(Checkpoint checkpoint) {
        return new Finding(
                Problem.FORKED,
                Math.min(confirmed + 1, checkpoint.position()),
                checkpoint.position(),
                null,
                "a checkpoint of %s attests another history up to position %d; up to position %d it is confirmed"
                        .formatted(checkpoint.time(), checkpoint.position(), confirmed));
    }
}
