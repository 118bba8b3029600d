package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows who still reads a credential that is to be decommissioned, and decides whether somebody has to agree. */
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
        Optional<Policy.Approval> approval = policy.approval();
        return new Readers(
                work.operation(),
                work.credential(),
                next(work.operation(), policy.decommission().asks(), end),
                approval.map(Policy.Approval::group).orElse(policy.escalation().group()),
                approval.map(Policy.Approval::deadline)
                        .orElse(policy.escalation().deadline()),
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
        return switch (asks) {
            case ALWAYS -> Next.ASK;
            case UNLESS_EXPIRED -> expired ? Next.DISABLE : Next.ASK;
            case NEVER -> Next.DISABLE;
        };
    }

    /**
     * Who reads, and who is asked.
     *
     * @param approverGroup of the policy's approval, or else of its escalation
     * @param consumers what each registered consumer has seen last
     * @param attempts who tried to read while the account was disabled
     * @param expiresAt empty when somebody has to end its life
     * @param lookedAt when all this was true
     */
    public record Readers(
            Operation operation,
            Credential credential,
            Next next,
            String approverGroup,
            Duration approvalDeadline,
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
        DISABLE,
        ASK,
        CANCEL
    }
}
