package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Version;
import dev.lockstep.policy.DueTimes;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Sets in the inventory when credentials are due, by their policies. */
@Component
class Timetable {

    private final Inventory inventory;
    private final Versions versions;
    private final Clock clock;

    Timetable(Inventory inventory, Versions versions, Clock clock) {
        this.inventory = inventory;
        this.versions = versions;
        this.clock = clock;
    }

    /** For a credential that the inventory may not know yet: counts from now. */
    Due first(Credential credential) {
        return DueTimes.after(credential.policy(), credential.name(), clock.instant());
    }

    /** After a rotation; the age of the secret counts from when it was made. */
    void rotated(Credential credential, Version promoted, Instant at) {
        inventory.plan(
                credential.name(),
                DueTimes.next(
                        credential.policy(), credential.name(), new DueTimes.Since(at, promoted.createdAt(), at)));
    }

    /** After an operation that has not rotated: the schedule counts anew, but the secret is as old as it was. */
    void putOff(Credential credential) {
        Instant now = clock.instant();
        Instant secret = secretSince(credential.name());
        inventory.plan(
                credential.name(),
                DueTimes.next(credential.policy(), credential.name(), new DueTimes.Since(now, secret, now)));
    }

    /**
     * When the policy of a known credential says something else than before. A due time from before such rules were
     * noted stays.
     */
    void adjust(Credential credential, InventoryEntry entry) {
        String rule = DueTimes.rule(credential.policy());
        if (entry.status() != CredentialStatus.ACTIVE || rule.equals(entry.rule())) {
            return;
        }
        Instant secret = secretSince(credential.name());
        Due due = DueTimes.next(
                credential.policy(), credential.name(), new DueTimes.Since(secret, secret, clock.instant()));
        inventory.replan(
                credential.name(), entry.rule() == null ? new Due(entry.nextRotationAt(), due.by(), rule) : due);
    }

    /** A rotation that was rolled back has left the time of its promotion in the inventory. */
    private Instant secretSince(CredentialName name) {
        return versions.current(name).map(Version::createdAt).orElseGet(clock::instant);
    }
}
