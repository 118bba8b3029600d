package dev.lockstep.port;

import dev.lockstep.domain.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices and how far they have got. */
public interface Outbox {

    /** Writes a notice in the caller's transaction, to be delivered by each of the channels. */
    void add(Notice notice, Collection<String> channels);

    /** Channels that have something to deliver now. */
    List<String> waiting(Instant now);

    /**
     * Takes the oldest delivery of a channel that may be tried now, in a transaction of its own.
     *
     * @param lease how long nobody else takes it
     */
    Optional<Parcel> claim(String channel, Instant now, Duration lease);

    /** Notes that a delivery got through. Returns false, changing nothing, when it had come to an end before. */
    boolean delivered(Parcel parcel);

    /** Notes why a try failed, and when the next may be made. */
    boolean postponed(Parcel parcel, Instant notBefore, String why);

    /** Notes that a delivery is not tried any more. Returns false, changing nothing, when it had ended before. */
    boolean givenUp(Parcel parcel, String why);

    /** How many deliveries wait. */
    int backlog();

    /** Deliveries given up since {@code since}, and those that wait after a failed try; newest first. */
    List<Trouble> troubled(Instant since, int limit);

    /** Removes deliveries that ended before then, and notices of before that have none left. */
    void forget(Instant before);

    /**
     * One delivery of one notice by one channel, claimed for a try.
     *
     * @param id the same at each try
     * @param tries how many have begun, this one included
     */
    record Parcel(long notice, String channel, String id, int tries, Notice content, Instant toldAt) {}

    /**
     * A delivery that does not go as it should.
     *
     * @param givenUp whether it is not tried any more
     * @param notBefore when it is tried again; null when it was given up
     * @param why what the last try met
     */
    record Trouble(
            String channel,
            Notice content,
            Instant toldAt,
            int tries,
            boolean givenUp,
            @Nullable Instant notBefore,
            String why) {}
}
