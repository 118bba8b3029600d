package dev.lockstep.port;

import dev.lockstep.domain.Area;
import java.util.Optional;

/** Decides about requests whose path does not tell which credentials they are about. */
public interface Permits {

    /**
     * Returns when the person of this request may operate there; otherwise it throws, and the request is refused and
     * written down as if its path had told.
     *
     * @param about everything for what is about several environments and teams
     */
    void operate(Area about);

    /** What stands in the way of that, as a sentence; empty when nothing does, or when nobody's request asks for it. */
    Optional<String> objection(Area about);

    /** As {@link #operate}, for reading the audit entries of an area. */
    void audit(Area about);
}
