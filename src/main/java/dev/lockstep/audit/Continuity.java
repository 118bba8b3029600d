package dev.lockstep.audit;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the end of the chain between two looks, so that a cut tail or another history is noticed at once and not
 * only by the next verification.
 */
final class Continuity {

    private final Chain chain;
    private final Checkpointer checkpointer;
    private @Nullable Head seen;

    Continuity(Chain chain, Checkpointer checkpointer) {
        this.chain = chain;
        this.checkpointer = checkpointer;
    }

    /** Whether the chain still holds what was seen last, before a restart what the file attests last. */
    boolean holds() {
        Head expected = seen == null ? checkpointer.attested().orElse(Head.EMPTY) : seen;
        if (expected.position() == 0) {
            return true;
        }
        Map<Long, String> hashes = chain.hashes(Set.of(expected.position()));
        return expected.hash().equals(hashes.get(expected.position()));
    }

    void saw(Head head) {
        seen = head;
    }
}
