package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows who still reads a credential that is to be decommissioned, and whether somebody has to agree. */
@Component
public class LookAtReaders {

    private final Workbench workbench;
    private final Consumers consumers;
    private final Quarantine quarantine;
    private final Inventory inventory;
    private final Clock clock;

    LookAtReaders(Workbench workbench, Consumers consumers, Quarantine quarantine, Inventory inventory, Clock clock) {
        this.workbench = workbench;
        this.consumers = consumers;
        this.quarantine = quarantine;
        this.inventory = inventory;
        this.clock = clock;
    }

    /** Reads only. A request that was taken back meanwhile is found here. */
    public Readers run(long operationId) {
        Work work = workbench.of(operationId);
        Policy policy = work.credential().policy();
        Optional<Instant> end = inventory.find(work.credential().name()).map(InventoryEntry::expiresAt);
        return new Readers(
                work.operation(),
                work.credential(),
                next(work.operation(), policy.decommission().asks(), end),
                consumers.of(work.credential().name()),
                quarantine.readers(operationId),
                end,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private Next next(Operation operation, Policy.Asks asks, Optional<Instant> end) {
        if (operation.rollback()) {
            return Next.CANCEL;
        }
        boolean expired = end.filter(moment -> !moment.isAfter(clock.instant())).isPresent();
        if (expired && asks != Policy.Asks.ALWAYS) {
            return Next.EXPIRED;
        }
        return asks == Policy.Asks.NEVER ? Next.DISABLE : Next.ASK;
    }

    /**
     * Who reads, and who is asked.
     *
     * @param consumers what each registered consumer has seen last
     * @param attempts who tried to read while the account was disabled
     * @param expiresAt empty when somebody has to end its life
     * @param lookedAt when all this was true
     */
    public record Readers(
            Operation operation,
            Credential credential,
            Next next,
            List<Consumers.Sighting> consumers,
            List<Quarantine.Reader> attempts,
            Optional<Instant> expiresAt,
            Instant lookedAt) {

        /** Who is asked when automation cannot go on. */
        public Policy.Escalation escalation() {
            return credential.policy().escalation();
        }
    }

    /** The ways on. */
    public enum Next {
        /** The policy wants nobody to be asked; a decision table still may. */
        DISABLE,
        /** Its end was known from the beginning: nobody is asked. */
        EXPIRED,
        ASK,
        CANCEL
    }
}
