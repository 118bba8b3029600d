package dev.lockstep.domain;

import org.jspecify.annotations.Nullable;

/**
 * Which deployed version of which process an operation runs on.
 *
 * @param operation the operation
 * @param definition the engine's id of the deployed version
 * @param process id of the process in its model
 * @param versionTag the version as its designer calls it
 * @param rollout the roll-out that was open when it was chosen; null when there was none
 */
public record RunVersion(
        long operation,
        String definition,
        String process,
        String versionTag,
        @Nullable Long rollout) {

    /** For example {@code rotation@1.2}. */
    public String label() {
        return process + '@' + versionTag;
    }
}
