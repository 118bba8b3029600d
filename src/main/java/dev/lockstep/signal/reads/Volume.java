package dev.lockstep.signal.reads;

import dev.lockstep.domain.Rate;
import java.time.Instant;
import java.util.Map;

/** Counts how often each reader reads each credential. Of this node, since it started. */
final class Volume {

    private static final int MOST = 50_000;

    private record Key(String rule, String identity, String credential) {}

    private record Count(Instant since, int reads) {}

    private final Map<Key, Count> counts = new Recent<>(MOST);

    /** Counts a read; whether it is the one with which the rate is passed. */
    boolean passes(String rule, Rate rate, Read read) {
        Key key = new Key(rule, read.identity(), read.credential().value());
        Count before = counts.get(key);
        Count now = before == null || !read.at().isBefore(before.since().plus(rate.per()))
                ? new Count(read.at(), 1)
                : new Count(before.since(), before.reads() + 1);
        counts.put(key, now);
        return now.reads() == rate.operations() + 1;
    }
}
