package dev.lockstep.crash;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Claim;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold after every fault. Each check adds a sentence for what does not. */
final class Invariants {

    /** More than a trial needs with one fault and one human, less than any target's limit for guessing. */
    private static final int MOST_LOGINS = 24;

    private static final int MOST_REFUSALS = 9;
    private static final int MOST_CHANGES = 6;

    /** A containment may be repeated, and switches each account off and takes its secret away. */
    private static final int MOST_CHANGES_OF_A_LEAK = 16;
    /** Both accounts are switched off, and one of them loses its secret. */
    private static final int CHANGES_OF_A_CONTAINMENT = 3;

    private static final int MOST_REFUSALS_OF_A_LEAK = 24;
    private static final Set<String> CHANGING =
            Set.of("apply", "restore", "retire", "disable", "enable", "create", "remove");
    private static final Set<Stage> IN_USE = Set.of(Stage.CURRENT, Stage.PREVIOUS);

    private final Site site;
    private final Node node;
    private final Trial trial;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Boolean> answers = new HashMap<>();

    Invariants(Site site, Node node, Trial trial) {
        this.site = site;
        this.node = node;
        this.trial = trial;
    }

    List<String> violations() {
        return violations;
    }

    /** Nobody has repaired anything yet. */
    void afterTheFault() {
        node.crossings().observe(() -> {
            always();
            return true;
        });
    }

    /** Lockstep waits for a human. */
    void waiting(boolean visible) {
        node.crossings().observe(() -> {
            always();
            story().ifPresent(story -> story.waiting(this));
            if (story().isEmpty() && !trial.scenario().leaks()) {
                whatIsReadLogsIn();
            }
            require(visible, "the operation stopped where nobody sees it");
            return true;
        });
    }

    /** Lockstep has come to rest. */
    void atRest(boolean visible, Optional<Trial.Op> atTheFault) {
        node.crossings().observe(() -> {
            always();
            story().ifPresentOrElse(story -> story.atRest(this), this::whatIsReadLogsIn);
            atTheFault.ifPresent(this::staleWorkersAreRefused);
            eachChangeIsOnRecord();
            if (trial.scenario().leaks()) {
                leakIsDealtWith();
            }
            require(visible, "the operation stopped where nobody sees it");
            bounded();
            return true;
        });
    }

    private Optional<Story> story() {
        return trial.scenario().story(node, trial);
    }

    private void always() {
        story().ifPresentOrElse(story -> story.always(this), () -> {
            someVersionLogsIn();
            nothingInUseIsDestroyed();
        });
        atMostOneIsActive();
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }

    private SecretStore store(String name) {
        return node.bean(SecretStores.class).store(name);
    }

    /** Whether the target lets the version's account in with the stored value; asked anew when the role has changed. */
    boolean logsIn(Trial.Known version) {
        String situation = version.version() + " " + version.principal() + " " + site.change(version.principal());
        return node.crossings()
                .observe(() -> answers.computeIfAbsent(situation, unknown -> {
                    Optional<SecretValue> stored = store("main").read(new SecretRef(trial.name(), version.version()));
                    return stored.filter(value -> site.logsIn(version.principal(), value))
                            .isPresent();
                }));
    }

    /** What leaked may be shut in the meantime; but once it is proven dead, it stays so. */
    void someVersionLogsIn() {
        if (trial.scenario().leaks()) {
            nothingRevokedLogsIn();
            return;
        }
        require(trial.versions().stream().anyMatch(this::logsIn), "no stored version logs in");
    }

    private void nothingRevokedLogsIn() {
        if (trial.incident().filter(Trial.Inc::dead).isPresent()) {
            for (Trial.Known version : trial.versions()) {
                require(
                        version.stage() != Stage.REVOKED || !logsIn(version),
                        "the revoked version " + version + " logs in");
            }
        }
    }

    private void leakIsDealtWith() {
        Trial.Known leaked = trial.versions().get(trial.versions().size() - 1);
        require(leaked.stage() == Stage.REVOKED, "the leaked version is " + leaked.stage());
        require(!logsIn(leaked), "the leaked version logs in");
        Optional<Trial.Inc> incident = trial.incident();
        require(
                incident.filter(Trial.Inc::dead).isPresent()
                        && incident.filter(Trial.Inc::replaced).isPresent(),
                "the incident does not tell what was done: " + incident);
    }

    void whatIsReadLogsIn() {
        Optional<Trial.Known> current = trial.current();
        require(current.filter(this::logsIn).isPresent(), "the current version does not log in");
        for (String name : stores()) {
            Optional<Integer> served = store(name).current(trial.name()).map(SecretRef::version);
            boolean shown = served.equals(current.map(Trial.Known::version));
            boolean neverShown = served.isEmpty() && !name.equals("main");
            require(shown || neverShown, "store " + name + " shows version " + served + " and not " + current);
        }
    }

    /** What is in use can be read; of the rest only what older operations have put aside may be erased. */
    void nothingInUseIsDestroyed() {
        for (Trial.Known version : trial.versions()) {
            boolean readable = store("main")
                    .read(new SecretRef(trial.name(), version.version()))
                    .isPresent();
            require(
                    readable || !IN_USE.contains(version.stage()),
                    "the value of version " + version + " cannot be read");
            require(
                    !trial.destroyed(version) || leftOver(version),
                    "the value of version " + version + " was destroyed too early");
        }
    }

    void nothingIsDestroyed() {
        for (Trial.Known version : trial.versions()) {
            require(!trial.destroyed(version), "the value of version " + version + " was destroyed");
        }
    }

    /** As long as there is an account, what it may accept is known. */
    void nothingIsDestroyedBeforeItsAccountIsGone() {
        if (accounts() > 0) {
            nothingIsDestroyed();
        }
    }

    private long accounts() {
        return trial.credential().principals().stream()
                .filter(principal -> site.change(principal) != 0)
                .count();
    }

    /** Whatever a store shows to applications works. */
    void whatIsShownLogsIn() {
        for (String name : stores()) {
            store(name)
                    .current(trial.name())
                    .ifPresent(shown -> require(
                            trial.versions().stream()
                                    .anyMatch(known -> known.version() == shown.version() && logsIn(known)),
                            "store " + name + " shows " + shown + ", which does not log in"));
        }
    }

    /** Neither at the target nor at any store, and nobody brings it back. */
    void nothingIsLeft() {
        require(accounts() == 0, "" + accounts() + " accounts are left at the target");
        for (String name : stores()) {
            require(store(name).current(trial.name()).isEmpty(), "store " + name + " still shows a version");
            for (Trial.Known version : trial.versions()) {
                require(
                        store(name)
                                .read(new SecretRef(trial.name(), version.version()))
                                .isEmpty(),
                        "store " + name + " still holds " + version);
            }
        }
        isMarked(CredentialStatus.DECOMMISSIONED);
    }

    void isMarked(CredentialStatus wanted) {
        CredentialStatus status =
                node.bean(Inventory.class).find(trial.name()).orElseThrow().status();
        require(status == wanted, "the inventory says " + status + " and not " + wanted);
    }

    void operations(int wanted) {
        int begun = trial.operations().size();
        require(begun == wanted, begun + " operations instead of " + wanted);
    }

    private List<String> stores() {
        List<String> stores = new ArrayList<>(trial.credential().mirrors());
        stores.add(trial.credential().store());
        return stores;
    }

    private static boolean leftOver(Trial.Known version) {
        return version.operation() == null && version.version() > 1;
    }

    private void atMostOneIsActive() {
        long active = trial.operations().stream()
                .filter(operation -> !operation.closed())
                .count();
        require(active <= 1, "" + active + " operations are active");
    }

    /** The worker of the fault comes back, and wants to write what it knows. */
    private void staleWorkersAreRefused(Trial.Op then) {
        Claim stale = new Claim(node.bean(Operations.class).get(then.id()), then.token(), 0, 1);
        Dispatch dispatch = node.bean(Dispatch.class);
        require(!dispatch.bind(stale, "stale"), "a stale worker bound its instance");
        require(
                !dispatch.postpone(stale, node.now(), FailureCode.INTERNAL_ERROR, "stale"),
                "a stale worker gave its claim back");
        for (Attempts.Entry entry : node.bean(Attempts.class).list(then.id())) {
            require(!entry.outcome().equals("running"), "an attempt never got an outcome: " + entry);
            if (entry.outcome().equals("unknown")) {
                require(refused(entry.attempt()), "a stale attempt reported success: " + entry);
            }
        }
    }

    private boolean refused(Attempt attempt) {
        try {
            node.bean(Attempts.class).succeed(attempt, Map.of());
            return false;
        } catch (LockstepException refused) {
            return refused.code() == FailureCode.STALE_ATTEMPT;
        }
    }

    private void eachChangeIsOnRecord() {
        int changes = 0;
        for (Trial.Op operation : trial.operations()) {
            List<AuditReview.Entry> entries =
                    node
                            .bean(AuditReview.class)
                            .entries(AuditReview.Filter.operation(operation.id()), null, 1000)
                            .stream()
                            .filter(entry -> entry.action().startsWith("target."))
                            .toList();
            Map<String, List<String>> phases = entries.stream()
                    .collect(Collectors.groupingBy(
                            entry -> entry.action() + " in round "
                                    + entry.details().get("round") + ", attempt "
                                    + entry.details().get("attempt"),
                            Collectors.mapping(AuditReview.Entry::phase, Collectors.toList())));
            phases.forEach((attempt, seen) -> require(
                    seen.stream().sorted().toList().equals(List.of("INTENT", "OUTCOME")),
                    "the audit trail has " + seen + " for " + attempt));
            changes += phases.size();
        }
        long each = trial.scenario().leaks()
                ? CHANGES_OF_A_CONTAINMENT
                : story().map(story -> trial.credential().principals().size()).orElse(1);
        require(each * changes >= changes(), "" + changes() + " changes at the target, but " + changes + " intents");
    }

    private long changes() {
        return calls().filter(call -> CHANGING.contains(call.method())).count();
    }

    private Stream<Crossings.Call> calls() {
        return node.crossings().atTarget(trial.name()).stream();
    }

    private void bounded() {
        boolean leaks = trial.scenario().leaks() || story().isPresent();
        long logins = calls().filter(call -> !CHANGING.contains(call.method())).count();
        require(logins <= (leaks ? 2 * MOST_LOGINS : MOST_LOGINS), "" + logins + " logins");
        long refusals = calls().filter(Crossings.Call::refused).count();
        require(refusals <= (leaks ? MOST_REFUSALS_OF_A_LEAK : MOST_REFUSALS), "" + refusals + " refused logins");
        require(
                changes() <= (leaks ? MOST_CHANGES_OF_A_LEAK : MOST_CHANGES),
                "" + changes() + " changes at the target");
    }

    void add(String violation) {
        violations.add(violation);
    }
}
