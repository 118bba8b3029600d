package dev.lockstep.port;

import java.util.Set;

/** The engine's own copy of users and groups, which its task lists and authorizations work with. */
public interface EngineDirectory {

    /** Makes the engine know the user with exactly these groups. Idempotent; joins the caller's transaction. */
    void mirror(String userId, String displayName, Set<String> groups);

    /** Makes the engine forget the user. Idempotent; joins the caller's transaction. */
    void remove(String userId);
}
