package dev.lockstep.policy;

import dev.lockstep.port.RefusedConfiguration.Flaw;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was last seen of this node's files; written by one thread, read by many. */
final class Watched {

    static final Seen NOTHING = new Seen(null, null, null, null, List.of(), null);

    private volatile Seen seen = NOTHING;

    /**
     * @param digest null when they are refused, or not looked at
     * @param pending the plan that would put them in force
     * @param note why nothing was done about a difference
     * @param since since when there are problems
     */
    record Seen(
            @Nullable String digest,
            @Nullable String commit,
            @Nullable String pending,
            @Nullable String note,
            List<Flaw> problems,
            @Nullable Instant since) {}

    Seen seen() {
        return seen;
    }

    void saw(Seen now) {
        seen = now;
    }
}
