package dev.lockstep.audit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the end of the chain between two looks, so that a cut tail or another history is noticed at once and not
 * only by the next verification.
 */
final class Continuity {

    private final Chain chain;
    private final Archives archives;
    private final Checkpointer checkpointer;
    private @Nullable Head seen;

    Continuity(Chain chain, Archives archives, Checkpointer checkpointer) {
        this.chain = chain;
        this.archives = archives;
        this.checkpointer = checkpointer;
    }

    /** Whether the chain still holds what was seen last, before a restart what the file attests last. */
    boolean holds() {
        Head expected = seen == null ? checkpointer.attested().orElse(Head.EMPTY) : seen;
        if (expected.position() == 0) {
            return true;
        }
        String hash = chain.hashes(Set.of(expected.position())).get(expected.position());
        return hash == null ? archived(expected) : hash.equals(expected.hash());
    }

    /** A node that was away for longer than entries are kept finds them archived. */
    private boolean archived(Head expected) {
        Head base = archives.base();
        return base.position() > expected.position() || base.equals(expected);
    }

    void saw(Head head) {
        seen = head;
    }
}
