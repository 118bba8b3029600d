package dev.lockstep.port;

import dev.lockstep.domain.Area;
import java.util.Set;

/** Who is logged in: the principal of every authenticated request. */
public interface SignedIn {

    /** The user's id, as the audit trail names it. */
    String userId();

    /** The groups that the user has in the engine, by the roles of this login. */
    Set<String> engineGroups();

    /** Whether the roles allow operations on the credentials of an area. */
    boolean operates(Area about);

    /** Whether the roles allow to report leaks of the credentials of an area. */
    boolean responds(Area about);
}
