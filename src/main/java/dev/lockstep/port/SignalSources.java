package dev.lockstep.port;

import dev.lockstep.domain.SignalSource;
import java.util.Optional;

/** The systems that may report leaks, by the configuration in force. */
public interface SignalSources {

    /** A source; empty when none of this name is configured. */
    Optional<SignalSource> find(String name);

    /** What checks and reads its reports; throws {@link dev.lockstep.domain.PermanentException} when it is unknown. */
    ReportReader reader(String name);
}
