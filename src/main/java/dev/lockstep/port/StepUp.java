package dev.lockstep.port;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks people for a fresh second factor before what cannot be taken back. */
public interface StepUp {

    /**
     * What stands in the way of the person who makes the request of this thread, in a sentence that says what to do;
     * empty when nothing does, or when there is no such person.
     *
     * @param environment of the credential that it is about; null when it is about none, or about several
     */
    Optional<String> objection(@Nullable String environment);
}
