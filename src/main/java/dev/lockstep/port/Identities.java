package dev.lockstep.port;

import dev.lockstep.domain.Identity;
import java.util.Collection;
import java.util.Optional;

/** The programs that may read secrets, as the configuration in force describes them. */
public interface Identities {

    /** One identity; empty when the configuration does not describe it. */
    Optional<Identity> identity(String name);

    /** All identities, in the order of their names. */
    Collection<Identity> identities();
}
