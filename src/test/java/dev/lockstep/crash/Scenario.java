package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Stage;
import dev.lockstep.process.Given;
import java.util.Map;

/** What kind of rotation, or of emergency, is disturbed. */
enum Scenario {
    IN_PLACE("in-place", 3, false),
    ALTERNATING("alternating", 3, false),
    /** Each failure is the last one that the policy allows, so it is undone and a human decides. */
    IN_PLACE_LAST_ATTEMPT("in-place, one attempt", 1, false),
    ALTERNATING_LAST_ATTEMPT("alternating, one attempt", 1, false),
    /** Somebody asks for the previous version within the grace. */
    ROLL_BACK("in-place, rolled back", 3, true),
    ALTERNATING_ROLL_BACK("alternating, rolled back", 3, true),
    /** The secret in use leaks: it is contained, and then replaced. */
    LEAK("in-place, leaked", 3, false),
    ALTERNATING_LEAK("alternating, leaked", 3, false);

    private final String label;
    private final int attempts;
    private final boolean rollsBack;

    Scenario(String label, int attempts, boolean rollsBack) {
        this.label = label;
        this.attempts = attempts;
        this.rollsBack = rollsBack;
    }

    String label() {
        return label;
    }

    boolean rollsBack() {
        return rollsBack;
    }

    boolean leaks() {
        return this == LEAK || this == ALTERNATING_LEAK;
    }

    boolean undoesAtOnce() {
        return attempts == 1;
    }

    boolean alternating() {
        return label.startsWith("alternating");
    }

    /** What an older operation left behind: one that is to be erased, or one that nobody has settled. */
    Stage leftover() {
        return alternating() ? Stage.STAGED : Stage.DISCARDED;
    }

    /** @param role the account that exists already */
    Credential credential(String role, String initial, String database) {
        Given given =
                Given.policy().attempts(attempts).initial(initial).target("orders-db", Map.of("database", database));
        if (alternating()) {
            given.alternating(role, role + "_twin").retiringAnyway();
        } else {
            given.principal(role).consumers("web").mirrors("second");
        }
        return given.credential("test/crash/postgres/" + role.replace('_', '-'));
    }
}
