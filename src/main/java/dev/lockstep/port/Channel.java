package dev.lockstep.port;

import dev.lockstep.domain.Notice;
import java.time.Instant;

/** A way out for notices, for example one mail server. */
public interface Channel {

    /**
     * Hands the notice over, within half a minute. May be called again with the same {@code id} when it is not known
     * whether an earlier call got through.
     *
     * @param id the same at each try, so that a receiver can tell repetitions
     * @param toldAt when it was written down
     * @throws dev.lockstep.domain.RetryableException with {@code CHANNEL_UNAVAILABLE} when it could not be handed over
     * @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when a setting has to be corrected
     *     first
     */
    void send(String id, Notice notice, Instant toldAt);
}
