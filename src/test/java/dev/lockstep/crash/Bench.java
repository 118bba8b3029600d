package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Prepares a trial, lets the fault happen, lets Lockstep recover, and asks what holds. */
final class Bench {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** More than the time that a story lets pass in the process that is killed, whose clock is not this one's. */
    private static final Duration PASSED = Duration.ofMinutes(10);

    private final Site site;
    private final Node node;
    private final Secrets secrets;
    private final String clock;

    Bench(Site site, Node node, Secrets secrets, String clock) {
        this.site = site;
        this.node = node;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A credential in use, with a leftover of an older operation, or whatever else is there before the story. */
    Trial prepare(Scenario scenario) {
        String role = "trial_" + NAMES.incrementAndGet();
        Credential credential = scenario.credential(role, initial(role), site.database());
        Trial trial = new Trial(scenario, credential, site.sql());
        node.catalog().clear();
        scenario.configure(node.catalog(), credential);
        node.crossings().observe(() -> {
            scenario.story(node, trial).ifPresentOrElse(story -> story.prepare(site), () -> inUse(role, trial));
            return trial;
        });
        node.advance(Duration.ofSeconds(1));
        return trial;
    }

    private void inUse(String role, Trial trial) {
        site.role(role, initial(role));
        node.bean(AdoptCredentials.class).run();
        leaveOver(trial.credential(), trial.scenario().leftover());
    }

    /** The secret of a role before any rotation. */
    static String initial(String role) {
        return "canary-of-" + role + "-before-any-rotation";
    }

    /** The calls of a rotation that nothing disturbs. */
    List<Crossings.Call> clean(Scenario scenario) {
        Row row = disturb(scenario, new Fault(Integer.MAX_VALUE, Side.BEFORE, Mode.EXCEPTION));
        if (!row.violations().isEmpty()) {
            throw new IllegalStateException("an undisturbed trial violates " + row.violations());
        }
        return node.crossings().done().stream()
                .sorted(Comparator.comparing(Crossings.Call::number))
                .toList();
    }

    /** Kills another process that rotates, and recovers in this one. */
    Row kill(Scenario scenario, KillPoints.Point point, Victim victim) {
        Trial trial = prepare(scenario);
        String call = victim.die(Victim.order(trial, site.database(), point.number(), point.side(), node.now()));
        node.crossings().begin((met, side) -> {});
        scenario.story(node, trial).ifPresent(story -> node.advance(PASSED));
        return recover(trial, point.number(), call, point.side(), Mode.KILL, "process dead");
    }

    private void leaveOver(Credential credential, Stage stage) {
        Versions versions = node.bean(Versions.class);
        SecretRef ref = versions.reserve(
                        credential.name(), null, credential.principals().get(0), "none", "leftover")
                .ref();
        node.bean(SecretStores.class)
                .store("main")
                .stage(
                        ref,
                        SecretValue.of("canary-left-over-" + ref.credential().value()));
        if (stage != Stage.STAGED) {
            versions.move(ref, Stage.STAGED, stage);
        }
    }

    /** Disturbs one rotation in this process. */
    Row disturb(Scenario scenario, Fault fault) {
        Trial trial = prepare(scenario);
        node.crossings().begin(fault);
        String outcome = suffer(new Journey(node, trial, fault.mode() == Mode.SIMULATED_KILL));
        node.crossings().pass();
        return recover(trial, fault.point(), String.valueOf(fault.call()), fault.side(), fault.mode(), outcome);
    }

    private static String suffer(Journey journey) {
        try {
            journey.turn();
            return journey.failures() == 0 ? "handled" : journey.failures() + " job(s) failed";
        } catch (Killed dead) {
            return "worker dead";
        } catch (RuntimeException thrown) {
            return "the caller got " + thrown.getClass().getSimpleName();
        }
    }

    /** Lets Lockstep go on after a fault, and asks what holds. */
    Row recover(Trial trial, int point, String call, Side side, Mode mode, String outcome) {
        Invariants invariants = new Invariants(site, node, trial);
        invariants.afterTheFault();
        Optional<Trial.Op> then = trial.operation();
        Optional<Trial.Known> live = trial.candidate().filter(invariants::logsIn);
        Map<String, Long> changes = changes(trial);
        Recovery recovery = new Recovery(node, trial);
        String ended = recovered(trial, recovery, invariants);
        invariants.atRest(recovery.visible(), then);
        if (live.isPresent() && trial.scenario().changesOnce()) {
            String principal = live.get().principal();
            if (site.change(principal) != changes.getOrDefault(principal, 0L)) {
                invariants.add("" + principal + " was changed again though its new secret was live");
            }
        }
        secrets.of(trial, node);
        String state = outcome + ", operation " + then.map(Trial.Op::status).orElse("not there");
        clear(trial);
        return new Row(
                point,
                call,
                side,
                mode,
                trial.scenario().label(),
                clock,
                state,
                recovery.summary() + ": " + ended,
                List.copyOf(invariants.violations()));
    }

    private String recovered(Trial trial, Recovery recovery, Invariants invariants) {
        try {
            recovery.run(() -> invariants.waiting(recovery.visible()));
        } catch (RuntimeException | Error broke) {
            invariants.add("recovery broke with " + broke);
        }
        String ended = trial.operation()
                .map(operation -> String.valueOf(operation.outcome()))
                .orElse("none");
        String wanted = trial.scenario().outcome();
        if (!ended.equals(wanted)) {
            invariants.add("the operation ended as " + ended + " and not as " + wanted);
        }
        return ended;
    }

    private Map<String, Long> changes(Trial trial) {
        Map<String, Long> changes = new HashMap<>();
        trial.credential().principals().forEach(role -> changes.put(role, site.change(role)));
        return changes;
    }

    /** What did not end must not disturb the next trial. */
    private void clear(Trial trial) {
        trial.operation()
                .filter(operation -> !operation.closed())
                .ifPresent(operation -> node.crossings()
                        .observe(() -> node.bean(Operations.class).close(operation.id(), Outcome.SUPERSEDED)));
        node.crossings().observe(() -> {
            node.bean(Inventory.class).mark(trial.name(), CredentialStatus.DECOMMISSIONED);
            trial.scenario().story(node, trial).ifPresent(Story::clear);
            return trial;
        });
    }
}
