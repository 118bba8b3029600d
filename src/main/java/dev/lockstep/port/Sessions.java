package dev.lockstep.port;

import java.time.Instant;
import java.util.List;

/** The sessions of who is logged in with a browser or a token of their own, for their owners. */
public interface Sessions {

    /**
     * A session that goes on.
     *
     * @param id random; opens nothing
     * @param agent what the browser calls itself
     * @param present whether this request belongs to it
     */
    record Session(String id, String address, String agent, Instant startedAt, Instant seenAt, boolean present) {}

    /** All of a user, the oldest first. */
    List<Session> of(String user);

    /** Ends one of a user, on every node; false when the user has no such session. */
    boolean end(String user, String id);
}
