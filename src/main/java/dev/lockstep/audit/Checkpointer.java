package dev.lockstep.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Signs where the chain stands, first into the file outside the database, then into the database. */
final class Checkpointer {

    private final CheckpointFile file;
    private final CheckpointTable table;
    private final SigningKey key;
    private final Clock clock;
    private final Duration interval;
    private final long entries;

    /**
     * @param interval a checkpoint is due when the last one is older and the chain has grown
     * @param entries a checkpoint is due when the chain has grown by so many entries
     */
    Checkpointer(
            CheckpointFile file, CheckpointTable table, SigningKey key, Clock clock, Duration interval, long entries) {
        this.file = file;
        this.table = table;
        this.key = key;
        this.clock = clock;
        this.interval = interval;
        this.entries = entries;
    }

    /** What the file attests last. */
    Optional<Head> attested() {
        return last().map(Checkpoint::head);
    }

    /** Writes a checkpoint when one is due. */
    void checkpointIfDue(Head head) {
        if (last().map(last -> due(last, head)).orElse(head.position() > 0)) {
            checkpoint(head);
        }
    }

    /** Writes a checkpoint unless the last one says the same. */
    void checkpointNow(Head head) {
        if (head.position() > attested().map(Head::position).orElse(0L)) {
            checkpoint(head);
        }
    }

    private boolean due(Checkpoint last, Head head) {
        long grown = head.position() - last.position();
        return grown >= entries
                || (grown > 0 && !clock.instant().isBefore(last.signedAt().plus(interval)));
    }

    private Optional<Checkpoint> last() {
        return file.lastLine().flatMap(Checkpoint::parse);
    }

    /** The file comes first: it may know more than the database, but never less. */
    private void checkpoint(Head head) {
        table.makeChainDurable();
        String previous = file.lastLine().map(Checkpoint::fingerprint).orElse(Checkpoint.FIRST);
        Checkpoint checkpoint = Checkpoint.sign(head, clock.instant().truncatedTo(ChronoUnit.MILLIS), previous, key);
        file.append(checkpoint.line());
        table.insert(checkpoint);
    }
}
