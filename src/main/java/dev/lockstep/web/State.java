package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person has to know about a credential first; the most urgent one that applies. */
enum State {
    /** Its operation was taken out of the queue. */
    QUARANTINED,
    /** Its operation waits for a person. */
    WAITING,
    /** Disabled at the target. */
    CONTAINED,
    /** Disabled at the target on its way to decommission. */
    DISABLED,
    /** An operation is under way. */
    RUNNING,
    /** Its due time has passed and nothing is under way. */
    OVERDUE,
    /** Its last operation did not do all that it should. */
    FAILED,
    /** No longer in the configuration. */
    UNMANAGED,
    /** Asked for and not issued. */
    REQUESTED,
    /** Its life is over. */
    DECOMMISSIONED,
    /** Nothing to do. */
    OK;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "state",
                        "a state is one of "
                                + Arrays.stream(values()).map(State::label).collect(Collectors.joining(", "))));
    }
}
