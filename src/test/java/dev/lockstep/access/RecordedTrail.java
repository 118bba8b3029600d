package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditTrail;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audit trail in memory that can be made to fail. */
final class RecordedTrail implements AuditTrail {

    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    volatile boolean down;

    @Override
    public void append(AuditEvent event) {
        if (down) {
            throw new RetryableException(FailureCode.AUDIT_UNAVAILABLE, "the audit trail cannot be written");
        }
        events.add(event);
    }

    List<String> actions() {
        return events.stream().map(AuditEvent::action).toList();
    }
}
