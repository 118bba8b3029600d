package dev.lockstep.domain;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel that notices leave by, and which of them.
 *
 * @param endpoint name, type and settings of the channel
 * @param groups notices for these groups; empty means for every group
 * @param least notices of at least this severity
 * @param consumer the consumer that is told of its versions by it; null for a channel that people are told by
 */
public record Route(
        Endpoint endpoint,
        Set<String> groups,
        String least,
        @Nullable String consumer) {
    public Route {
        groups = Set.copyOf(groups);
    }

    /** Whether the notice for people leaves by this channel. */
    public boolean takes(Notice notice) {
        return consumer == null && (groups.isEmpty() || groups.contains(notice.group())) && notice.atLeast(least);
    }
}
