package dev.lockstep.domain;

import java.util.Set;

/**
 * A channel that notices leave by, and which of them.
 *
 * @param endpoint name, type and settings of the channel
 * @param groups notices for these groups; empty means for every group
 * @param least notices of at least this severity
 */
public record Route(Endpoint endpoint, Set<String> groups, String least) {
    public Route {
        groups = Set.copyOf(groups);
    }

    /** Whether the notice leaves by this channel. */
    public boolean takes(Notice notice) {
        return (groups.isEmpty() || groups.contains(notice.group())) && notice.atLeast(least);
    }
}
