package dev.lockstep.notify;

import dev.lockstep.domain.Notice;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.port.Channels;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.VersionChanges;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts the changes of versions in their order, and a notice into the outbox for each consumer that has a channel: both
 * in one transaction, so that a change is told once however many nodes there are and whichever of them dies.
 */
final class ConsumerNews {

    private static final int AT_ONCE = 200;

    private final VersionChanges changes;
    private final Consumers consumers;
    private final Channels channels;
    private final Outbox outbox;
    private final Runnable wake;

    /** @param wake called when there may be something to send */
    ConsumerNews(VersionChanges changes, Consumers consumers, Channels channels, Outbox outbox, Runnable wake) {
        this.changes = changes;
        this.consumers = consumers;
        this.channels = channels;
        this.outbox = outbox;
        this.wake = wake;
    }

    /** Places what has no place yet. Returns whether there may be more. */
    boolean turn() {
        AtomicBoolean told = new AtomicBoolean();
        int placed = changes.place(AT_ONCE, change -> {
            if (tell(change)) {
                told.set(true);
            }
        });
        if (told.get()) {
            wake.run();
        }
        return placed == AT_ONCE;
    }

    private boolean tell(VersionChange change) {
        if (!channels.anyConsumer()) {
            return false;
        }
        boolean told = false;
        for (String consumer : concerned(change)) {
            List<String> ways = channels.ofConsumer(consumer);
            if (!ways.isEmpty()) {
                outbox.add(notice(consumer, change), ways);
                told = true;
            }
        }
        return told;
    }

    /** Whom a version was taken away from may be no consumer any more, and has to know. */
    private List<String> concerned(VersionChange change) {
        String one = change.consumer();
        return one != null
                ? List.of(one)
                : consumers.of(change.ref().credential()).stream()
                        .map(Consumers.Sighting::consumer)
                        .toList();
    }

    private static Notice notice(String consumer, VersionChange change) {
        String credential = change.ref().credential().value();
        int version = change.ref().version();
        String text = switch (change.kind()) {
            case PROMOTED -> "Read the credential again and use what you get.";
            case RELEASED -> "Read the credential again and use what you get: you have that version before others.";
            case WITHDRAWN ->
                "Read the credential again at once: that version is taken back, and you get the former one.";
            case REVOKED -> "Read the credential again at once: that version must not be used any more.";
            case RETIRED -> "Drop the connections that still use that version: it is refused now.";
        };
        return new Notice(
                "version." + change.sort(),
                "info",
                consumer,
                credential + ": version " + version + " is " + change.sort(),
                text,
                "/v1/secret/data/" + credential,
                new Notice.About(change.ref(), change.place()));
    }
}
