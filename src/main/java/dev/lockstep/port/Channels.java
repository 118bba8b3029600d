package dev.lockstep.port;

import dev.lockstep.domain.Notice;
import java.util.List;

/** The configured channels by name. */
public interface Channels {

    /** Names of the channels that a notice for people leaves by, as the configuration says now. */
    List<String> of(Notice notice);

    /** Names of the channels by which a consumer is told, as the configuration says now. */
    List<String> ofConsumer(String consumer);

    /** Whether any consumer has a channel. */
    boolean anyConsumer();

    /** @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when no such channel is configured */
    Channel channel(String name);
}
