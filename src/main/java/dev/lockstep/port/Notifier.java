package dev.lockstep.port;

import dev.lockstep.domain.Notice;

/** Tells people what they should know. */
public interface Notifier {

    /**
     * Writes the notice down in the caller's transaction, so that it goes out exactly when the caller's change comes
     * into force. It is delivered afterwards, at least once, through every channel that the configuration routes it to.
     */
    void tell(Notice notice);
}
