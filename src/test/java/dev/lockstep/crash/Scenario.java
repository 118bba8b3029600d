package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Stage;
import dev.lockstep.process.Given;
import dev.lockstep.process.PaperCatalog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is disturbed. */
enum Scenario {
    IN_PLACE("in-place", 3, "ROTATED", Kind.ITSELF),
    ALTERNATING("alternating", 3, "ROTATED", Kind.ITSELF),
    /** Each failure is the last one that the policy allows, so it is undone and a human decides. */
    IN_PLACE_LAST_ATTEMPT("in-place, one attempt", 1, "ROTATED", Kind.ITSELF),
    ALTERNATING_LAST_ATTEMPT("alternating, one attempt", 1, "ROTATED", Kind.ITSELF),
    /** Somebody asks for the previous version within the grace. */
    ROLL_BACK("in-place, rolled back", 3, "ROLLED_BACK", Kind.ITSELF),
    ALTERNATING_ROLL_BACK("alternating, rolled back", 3, "ROLLED_BACK", Kind.ITSELF),
    /** The secret in use leaks: it is contained, and then replaced. */
    LEAK("in-place, leaked", 3, "ROTATED", Kind.ITSELF),
    ALTERNATING_LEAK("alternating, leaked", 3, "ROTATED", Kind.ITSELF),
    ISSUANCE("issuance", 3, "ISSUED", Kind.ISSUANCE),
    ISSUANCE_LAST_ATTEMPT("issuance, one attempt", 1, "ISSUED", Kind.ISSUANCE),
    /** A store refuses it, so that all of it has to go again. */
    ISSUANCE_GIVEN_UP("issuance, given up", 3, "NOT_ISSUED", Kind.ISSUANCE),
    DECOMMISSION_LAST_ATTEMPT("decommission, one attempt", 1, "DECOMMISSIONED", Kind.DECOMMISSION),
    ALTERNATING_DECOMMISSION("alternating, decommission", 3, "DECOMMISSIONED", Kind.DECOMMISSION),
    DECOMMISSION_CALLED_OFF("decommission, called off", 3, "KEPT", Kind.DECOMMISSION),
    DECOMMISSION_READ("decommission, read in quarantine", 3, "KEPT", Kind.DECOMMISSION),
    DRIFT("drift", 3, "ROTATED", Kind.COMPARISON),
    /** There is nothing to put right. */
    COMPARISON("comparison", 3, "none", Kind.COMPARISON),
    OUTAGE("target outage", 3, "ROTATED", Kind.OUTAGE),
    BREAK_GLASS("broken glass", 3, "ROTATED", Kind.BREAK_GLASS),
    /** Somebody asks for it; nothing happens to the credential. */
    ACCESS_REVIEW("access review", 3, "none", Kind.ACCESS_REVIEW),
    /** The quarter begins. */
    ACCESS_REVIEW_DUE("access review, due", 3, "none", Kind.ACCESS_REVIEW),
    DRILL("drill of a leak", 3, "ROTATED", Kind.DRILL);

    /** Which story it is; rotations and leaks are told by {@link Journey} itself. */
    private enum Kind {
        ITSELF,
        ISSUANCE,
        DECOMMISSION,
        COMPARISON,
        OUTAGE,
        BREAK_GLASS,
        ACCESS_REVIEW,
        DRILL
    }

    private final String label;
    private final int attempts;
    private final String outcome;
    private final Kind kind;

    Scenario(String label, int attempts, String outcome, Kind kind) {
        this.label = label;
        this.attempts = attempts;
        this.outcome = outcome;
        this.kind = kind;
    }

    String label() {
        return label;
    }

    /** How the operation ends, whatever went wrong. */
    String outcome() {
        return outcome;
    }

    /** Empty for rotations and leaks, which {@link Journey} knows by itself. */
    Optional<Story> story(Node node, Trial trial) {
        return switch (kind) {
            case ITSELF -> Optional.empty();
            case ISSUANCE -> Optional.of(new IssuanceStory(node, trial));
            case DECOMMISSION -> Optional.of(new DecommissionStory(node, trial));
            case COMPARISON -> Optional.of(new DriftStory(node, trial));
            case OUTAGE -> Optional.of(new OutageStory(node, trial));
            case BREAK_GLASS -> Optional.of(new BreakGlassStory(node, trial));
            case ACCESS_REVIEW -> Optional.of(new AccessReviewStory(node, trial));
            case DRILL -> Optional.of(new DrillStory(node, trial));
        };
    }

    boolean rollsBack() {
        return this == ROLL_BACK || this == ALTERNATING_ROLL_BACK;
    }

    boolean leaks() {
        return this == LEAK || this == ALTERNATING_LEAK || this == DRILL;
    }

    /** Whether a call is disturbed; what a drill lets happen is disturbed as what it is. */
    boolean concerns(Crossings.Call call) {
        return this != DRILL
                || call.port().equals("Drills")
                || call.about().contains("drill")
                || call.about().contains("DRILL");
    }

    /** Whether an account whose new secret was live has no reason to be changed again. */
    boolean changesOnce() {
        return attempts > 1 && kind == Kind.ITSELF && !rollsBack() && !leaks();
    }

    /** Whether there is anything to take back when it fails. */
    boolean undoes() {
        return this != DRIFT && this != COMPARISON && this != OUTAGE && kind != Kind.ACCESS_REVIEW;
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

    /** @param role the account that exists already, or is to be made */
    Credential credential(String role, String initial, String database) {
        Given given = Given.policy().attempts(attempts).target("orders-db", Map.of("database", database));
        if (alternating()) {
            given.alternating(role, role + "_twin").retiringAnyway();
        } else {
            given.principal(role).consumers("web").mirrors("second");
        }
        if (kind == Kind.ISSUANCE) {
            given.approval().issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), true));
        } else {
            given.initial(initial);
        }
        if (kind == Kind.DECOMMISSION) {
            given.decommission(
                    new Policy.Decommission(DecommissionStory.QUARANTINE, Policy.Asks.ALWAYS, Optional.empty()));
        }
        if (this == ISSUANCE_GIVEN_UP) {
            given.mirrors(NodeConfiguration.BROKEN);
        }
        if (this == DRIFT || this == COMPARISON || this == OUTAGE || this == BREAK_GLASS) {
            given.grace(Duration.ZERO).consumers(new String[0]).repairingDrift();
        }
        if (this == BREAK_GLASS) {
            given.approval();
        }
        if (kind == Kind.ACCESS_REVIEW) {
            given.owner("owner-" + role.replace('_', '-'));
        }
        if (this == DRILL) {
            given.sandbox().grace(Duration.ZERO).consumers(new String[0]);
        }
        return given.credential("test/crash/postgres/" + role.replace('_', '-'));
    }

    /** Makes known what the node has to know of it. */
    void configure(PaperCatalog catalog, Credential credential) {
        if (kind == Kind.ISSUANCE) {
            catalog.put(credential.policy());
            catalog.endpoints(credential.target(), credential.store());
            credential.mirrors().forEach(mirror -> catalog.endpoints(credential.target(), mirror));
        } else {
            catalog.put(credential);
        }
        if (kind == Kind.ACCESS_REVIEW) {
            catalog.put(
                    Given.policy().owner(AccessReviewStory.other(credential)).credential(credential.name() + "-next"));
        }
    }
}
