package dev.lockstep.port;

import dev.lockstep.domain.SchemaVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Who reads which version of a schema. */
public interface SchemaReadings {

    /**
     * A program, and what it has read.
     *
     * @param kind the class whose schema it is
     * @param identity as which the program is logged in
     */
    record Reading(String kind, SchemaVersion version, String identity) {}

    /** Notes that they are read now. Can be repeated. */
    void note(Collection<Reading> readings);

    /** What was read since then, in the order of class, version and identity. */
    List<Reading> since(Instant since);
}
