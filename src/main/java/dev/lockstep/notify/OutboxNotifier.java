package dev.lockstep.notify;

import dev.lockstep.domain.Notice;
import dev.lockstep.port.Channels;
import dev.lockstep.port.Notifier;
import dev.lockstep.port.Outbox;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Puts notices into the outbox and wakes the sender once they are committed. */
final class OutboxNotifier implements Notifier {

    private final Outbox outbox;
    private final Channels channels;
    private final Runnable wake;

    OutboxNotifier(Outbox outbox, Channels channels, Runnable wake) {
        this.outbox = outbox;
        this.channels = channels;
        this.wake = wake;
    }

    @Override
    public void tell(Notice notice) {
        outbox.add(notice, channels.of(notice));
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.run();
            }
        });
    }
}
