package dev.lockstep.notify;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.Notice;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Channels;
import dev.lockstep.port.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Delivers what waits for one channel, and settles what becomes of each try. */
final class Delivery {

    /** Longer than a channel may take; an older claim belongs to a node that died. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** With the waits between them about ten hours. */
    static final int TRIES = 20;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Outbox outbox;
    private final Channels channels;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final NoticeMetrics metrics;
    private final Clock clock;
    private final String publicUrl;

    /** @param publicUrl where this installation is reached, put before links that are paths; may be empty */
    Delivery(
            Outbox outbox,
            Channels channels,
            AuditTrail audit,
            TransactionTemplate transaction,
            NoticeMetrics metrics,
            Clock clock,
            String publicUrl) {
        this.outbox = outbox;
        this.channels = channels;
        this.audit = audit;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** Delivers the next notice of a channel. Returns false when there was none, or it did not get through. */
    boolean next(String channel) {
        Optional<Outbox.Parcel> next = outbox.claim(channel, clock.instant(), LEASE);
        return next.isPresent() && deliver(next.get());
    }

    private boolean deliver(Outbox.Parcel parcel) {
        try {
            channels.channel(parcel.channel()).send(parcel.id(), absolute(parcel.content()), parcel.toldAt());
        } catch (LockstepException failure) {
            failed(parcel, failure.getMessage());
            return false;
        } catch (RuntimeException defect) {
            failed(parcel, "the channel broke with " + defect.getClass().getSimpleName());
            log.error("channel {} broke on notice {}", parcel.channel(), parcel.id(), defect);
            return false;
        }
        outbox.delivered(parcel);
        metrics.delivered(parcel.channel());
        return true;
    }

    private void failed(Outbox.Parcel parcel, String why) {
        if (parcel.tries() < TRIES) {
            outbox.postponed(parcel, clock.instant().plus(waitAfter(parcel.tries())), why);
            metrics.failed(parcel.channel());
        } else {
            transaction.executeWithoutResult(status -> giveUp(parcel, why));
        }
    }

    private void giveUp(Outbox.Parcel parcel, String why) {
        if (outbox.givenUp(parcel, why)) {
            audit.append(new AuditEvent(
                    "lockstep",
                    "notice.give-up",
                    AuditEvent.Phase.FACT,
                    parcel.channel(),
                    null,
                    Map.of(
                            "message", parcel.id(),
                            "kind", parcel.content().kind(),
                            "group", parcel.content().group(),
                            "tries", Integer.toString(parcel.tries()))));
            metrics.givenUp(parcel.channel());
            log.error(
                    "notice \"{}\" for {} is given up after {} tries by channel {}: {}",
                    parcel.content().subject(),
                    parcel.content().group(),
                    parcel.tries(),
                    parcel.channel(),
                    why);
        }
    }

    static Duration waitAfter(int tries) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries - 1, 20));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private Notice absolute(Notice notice) {
        return notice.link().startsWith("/") ? notice.withLink(publicUrl + notice.link()) : notice;
    }
}
