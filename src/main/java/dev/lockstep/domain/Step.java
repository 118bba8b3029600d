package dev.lockstep.domain;

import java.util.Locale;

/** The steps that are counted and fenced because they talk to the outside. */
public enum Step {
    STAGE(false),
    APPLY(true),
    VERIFY(false),
    CHECK_WAVE(false),
    PROMOTE(false),
    PROPAGATE(false),
    RETIRE(true),
    PROVE_DEAD(false),
    RESTORE(true),
    DEMOTE(false),
    PROPAGATE_PREVIOUS(false),
    DISCARD(false),
    VERIFY_PREVIOUS(false),
    CONTAIN(true),
    STOP_DELIVERY(false),
    PROVE_REVOKED(false),
    CREATE(true),
    WITHDRAW(false),
    DISABLE(true),
    ENABLE(true),
    REMOVE(true),
    PROVE_REMOVED(false),
    DESTROY(false);

    private final boolean changesTarget;

    Step(boolean changesTarget) {
        this.changesTarget = changesTarget;
    }

    /** Whether the step may change the target, so that intent and outcome belong into the audit trail. */
    public boolean changesTarget() {
        return changesTarget;
    }

    /** Lower-case name for metrics, spans and the audit trail, for example {@code prove-dead}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
