package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.InventoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's list of credentials; its due time is the truth about the next rotation. */
public interface Inventory {

    /**
     * Adds a credential, or notes a changed target of a known one, and makes an unmanaged one active and due then.
     * Idempotent.
     */
    void enter(CredentialName name, String target, Due due);

    /** Like the other, with a due time by no known rule. */
    default void register(CredentialName name, String target, @Nullable Instant nextRotationAt) {
        enter(name, target, Due.at(nextRotationAt));
    }

    /** One credential; empty when unknown. */
    Optional<InventoryEntry> find(CredentialName name);

    /** How many credentials have each status; of those that none has nothing is said. */
    Map<CredentialStatus, Long> counts();

    /** When the active credential that is due first is, or was; empty when none is on the schedule. */
    Optional<Instant> firstDue();

    /** How many active credentials have a secret that is older at that moment than their policy allows. */
    long tooOld(Instant at);

    /** All credentials, in the order of their names. */
    List<InventoryEntry> list();

    /** Sets when the credential is due; null takes it off the schedule. */
    void plan(CredentialName name, Due due);

    /** Like the other, with a due time by no known rule. */
    default void schedule(CredentialName name, @Nullable Instant nextRotationAt) {
        plan(name, Due.at(nextRotationAt));
    }

    /**
     * Sets when the credential is due, unless its due time was computed by the same rule already. Returns whether it
     * was set.
     */
    boolean replan(CredentialName name, Due due);

    /** Sets when the life of the credential ends; null when somebody has to ask for that. */
    void expire(CredentialName name, @Nullable Instant at);

    /** Sets the status and takes the credential off the schedule. */
    void shelve(CredentialName name, CredentialStatus status);

    /** Sets the status. */
    void mark(CredentialName name, CredentialStatus status);

    /** Notes that a version was promoted. */
    void rotated(CredentialName name, Instant at);
}
