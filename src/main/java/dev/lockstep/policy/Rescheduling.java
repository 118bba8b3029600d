package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.InventoryEntry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a credential is due after its policy has changed: pure functions. */
final class Rescheduling {

    private Rescheduling() {}

    /** @param after null for on demand only */
    record Moved(@Nullable Instant after) {}

    /** Empty when its schedule is what it was, so that its due time stays, also one that a failure has set. */
    static Optional<Moved> of(Credential was, Credential is, InventoryEntry entry, Instant now) {
        boolean same =
                was.policy().equals(is.policy()) || DueTimes.rule(was.policy()).equals(DueTimes.rule(is.policy()));
        return same
                ? Optional.empty()
                : Optional.of(new Moved(back(is, entry, now).at()));
    }

    /** Counted from its last rotation. */
    static Due back(Credential is, InventoryEntry entry, Instant now) {
        Instant last = entry.lastRotatedAt() == null ? now : entry.lastRotatedAt();
        return DueTimes.next(is.policy(), is.name(), new DueTimes.Since(last, last, now));
    }

    /** For one that is new. */
    static @Nullable Instant first(Credential is, Instant now) {
        return DueTimes.after(is.policy(), is.name(), now).at();
    }
}
