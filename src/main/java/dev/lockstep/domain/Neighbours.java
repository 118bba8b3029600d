package dev.lockstep.domain;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which other credentials a rotation has to mind.
 *
 * @param apart the group whose members are never rotated together; empty when it is in none
 * @param after the credentials that go first when they are due too
 */
public record Neighbours(Optional<Apart> apart, Set<CredentialName> after) {

    /** It has nobody to mind. */
    public static final Neighbours NONE = new Neighbours(Optional.empty(), Set.of());

    public Neighbours {
        after = Set.copyOf(after);
    }

    /**
     * @param group the name of the group
     * @param by how long after another member was rotated this one may be
     */
    public record Apart(String group, Duration by) {}
}
