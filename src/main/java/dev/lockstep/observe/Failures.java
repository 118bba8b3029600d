package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import org.jspecify.annotations.Nullable;

/** The one word that meters and spans use for a failure. */
final class Failures {

    /** Stands for "there is no failure" in a tag. */
    static final String NONE = "none";

    private Failures() {}

    /** The anchor of the failure's code; that of an internal error for anything that has no code. */
    static String anchor(Throwable failure) {
        FailureCode code = failure instanceof LockstepException known ? known.code() : FailureCode.INTERNAL_ERROR;
        return code.anchor();
    }

    /** The anchor of {@code code}, or {@link #NONE}. */
    static String anchor(@Nullable FailureCode code) {
        return code == null ? NONE : code.anchor();
    }
}
