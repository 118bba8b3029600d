package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account that exists at a target.
 *
 * @param name its name there, not quoted
 * @param lastLogin when it was last used; null when the target does not tell
 */
public record Principal(String name, @Nullable Instant lastLogin) {}
