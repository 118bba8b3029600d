package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Ends an operation: outcome, next due time, and the values that no operation needs any more. */
@Component
public class CloseOperation {

    private static final Set<Outcome> PROMOTED = Set.of(Outcome.ROTATED, Outcome.ROTATED_PREVIOUS_ALIVE);

    private final Operations operations;
    private final Versions versions;
    private final Catalog catalog;
    private final Timetable timetable;
    private final SecretStores stores;
    private final AuditTrail audit;

    CloseOperation(
            Operations operations,
            Versions versions,
            Catalog catalog,
            Timetable timetable,
            SecretStores stores,
            AuditTrail audit) {
        this.operations = operations;
        this.versions = versions;
        this.catalog = catalog;
        this.timetable = timetable;
        this.stores = stores;
        this.audit = audit;
    }

    /** Refuses when another operation has taken over, so that nothing of this run is kept. */
    public void run(long operationId, Outcome outcome) {
        if (!PROMOTED.contains(outcome) && outcome != Outcome.REVOKED && outcome != Outcome.SUPERSEDED) {
            catalog.credential(operations.get(operationId).credential()).ifPresent(timetable::putOff);
        }
        end(operationId, outcome);
    }

    /** Like {@link #run}, for an operation that is no rotation, so that the next one stays due when it was. */
    void end(long operationId, Outcome outcome) {
        Operation operation = operations.get(operationId);
        catalog.credential(operation.credential()).ifPresent(known -> erase(known, operation));
        if (operations.close(operationId, outcome)) {
            audit.append(new AuditEvent(
                    "lockstep",
                    "operation.close",
                    AuditEvent.Phase.FACT,
                    operation.credential().value(),
                    operationId,
                    Map.of("outcome", outcome.label())));
        } else if (outcome != Outcome.SUPERSEDED) {
            throw new PermanentException(
                    FailureCode.OPERATION_CLOSED, operation.label() + " was ended by another operation meanwhile");
        }
    }

    /**
     * Erases what earlier operations retired or discarded. What this one put aside stays until the next one ends: a
     * change that was under way when a time-out was reported may still come into force.
     */
    private void erase(Credential credential, Operation operation) {
        for (Version version : versions.erasable(credential.name(), operation.queuedAt())) {
            stores.store(credential.store()).destroy(version.ref());
            credential.mirrors().forEach(mirror -> stores.store(mirror).destroy(version.ref()));
            versions.erased(version.ref());
        }
    }
}
