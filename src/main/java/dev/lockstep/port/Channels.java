package dev.lockstep.port;

import dev.lockstep.domain.Notice;
import java.util.List;

/** The configured channels by name. */
public interface Channels {

    /** Names of the channels that a notice leaves by, as the configuration says now. */
    List<String> of(Notice notice);

    /** @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when no such channel is configured */
    Channel channel(String name);
}
