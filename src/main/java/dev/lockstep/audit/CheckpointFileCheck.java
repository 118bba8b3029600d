package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks every line of the file outside the database: its place, its signature, and whether the chain agrees. */
final class CheckpointFileCheck {

    private static final int BATCH = 500;

    private final TrustedKeys keys;
    private final AttestedChain chain;
    private final List<Checkpoint> batch = new ArrayList<>(BATCH);
    private String previous = Checkpoint.FIRST;
    private long line;
    private long valid;
    private long position;
    private Optional<Finding> firstBad = Optional.empty();

    CheckpointFileCheck(TrustedKeys keys, AttestedChain chain) {
        this.keys = keys;
        this.chain = chain;
    }

    /** Takes the next line; does nothing once something was wrong. */
    void accept(String text) {
        line++;
        if (firstBad.isPresent()) {
            return;
        }
        Optional<Checkpoint> parsed = Checkpoint.parse(text);
        firstBad = parsed.map(this::judge).orElseGet(() -> invalid(position + 1, "is no checkpoint"));
        if (firstBad.isPresent()) {
            return;
        }
        batch.add(parsed.orElseThrow());
        position = parsed.orElseThrow().position();
        previous = Checkpoint.fingerprint(text);
        if (batch.size() == BATCH) {
            compare();
        }
    }

    /** Ends the file; the first thing wrong with it. */
    Optional<Finding> finish() {
        Optional<Finding> bad = firstBad;
        compare();
        firstBad = firstBad.or(() -> bad);
        return firstBad;
    }

    /** Checkpoints that are genuine and confirmed by the chain. */
    long valid() {
        return valid;
    }

    /** The last genuine position. */
    long position() {
        return position;
    }

    private Optional<Finding> judge(Checkpoint checkpoint) {
        if (!keys.vouchFor(checkpoint)) {
            return invalid(
                    checkpoint.position(), "was not signed by a trusted key: it was edited or written by others");
        }
        if (!checkpoint.previous().equals(previous)) {
            return invalid(checkpoint.position(), "does not follow the line before it: lines were taken out or moved");
        }
        if (checkpoint.position() <= position) {
            return invalid(checkpoint.position(), "goes back behind the line before it");
        }
        return Optional.empty();
    }

    private Optional<Finding> invalid(long at, String what) {
        return Optional.of(Findings.at(
                Problem.CHECKPOINT_INVALID, at, null, "line %d of the checkpoint file %s".formatted(line, what)));
    }

    private void compare() {
        firstBad = chain.contradiction(batch);
        valid += firstBad.isPresent() ? 0 : batch.size();
        batch.clear();
    }
}
