package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.TargetGates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The gates of this node before all targets. */
final class Gates implements TargetGates {

    private static final Set<FailureCode> UNUSABLE = Set.of(
            FailureCode.TARGET_UNREACHABLE,
            FailureCode.TARGET_BUSY,
            FailureCode.TARGET_ADMIN_REFUSED,
            FailureCode.REFERENCE_UNUSABLE);

    /** The target has answered, so it is not down. */
    private static final Set<FailureCode> ANSWERS =
            Set.of(FailureCode.TARGET_PERMISSION_DENIED, FailureCode.PRINCIPAL_MISSING, FailureCode.SECRET_REFUSED);

    private final Function<String, TargetLimits> limits;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    /** Targets whose state this node has changed and the ledger does not know yet. */
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    /** Targets that the transaction of this thread has been let through to. */
    private final ThreadLocal<Set<String>> inside = ThreadLocal.withInitial(HashSet::new);

    Gates(Function<String, TargetLimits> limits, Clock clock, MeterRegistry registry) {
        this.limits = limits;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public void enter(String target, boolean urgent) {
        if (inside.get().contains(target) || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        Gate gate = gate(target);
        if (!urgent) {
            gate.enter();
        }
        inside.get().add(target);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                inside.get().remove(target);
                if (!urgent) {
                    gate.leave();
                }
            }
        });
    }

    @Override
    public int room(String target, int underWay) {
        return gate(target).room(underWay, clock.instant());
    }

    @Override
    public void hold(String target, Instant until) {
        gate(target).hold(until);
    }

    @Override
    public Set<String> shut() {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue().shut())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** One call to a target, let through on its own when nobody has entered for it. */
    Around around(String target) {
        return call -> {
            if (!call.outside() || call.name().equals("health")) {
                return call.proceed();
            }
            Gate gate = gate(target);
            boolean alone = !inside.get().contains(target);
            if (alone) {
                gate.enter();
            }
            try {
                Object answer = call.proceed();
                worked(target);
                return answer;
            } catch (LockstepException failure) {
                judge(target, failure);
                throw failure;
            } finally {
                if (alone) {
                    gate.leave();
                }
            }
        };
    }

    private void judge(String target, LockstepException failure) {
        if (ANSWERS.contains(failure.code())) {
            worked(target);
        } else if (UNUSABLE.contains(failure.code())
                && gate(target).failed(clock.instant(), failure.code(), failure.getMessage())) {
            changed.add(target);
        }
    }

    /** The target has shown that it can be used. */
    void worked(String target) {
        if (gate(target).worked()) {
            changed.add(target);
        }
    }

    /** Takes the targets whose state has to be told to the ledger. */
    Set<String> takeChanged() {
        Set<String> taken = new HashSet<>(changed);
        changed.removeAll(taken);
        return taken;
    }

    /** Gives one back that the ledger could not take. */
    void giveBack(String target) {
        changed.add(target);
    }

    Optional<Gate.Pause> pause(String target) {
        return gate(target).pause();
    }

    /** Takes over what the ledger says, except of targets that this node has news of. */
    void agree(Map<String, Gate.Pause> paused) {
        paused.keySet().forEach(this::gate);
        gates.forEach((target, gate) -> {
            if (!changed.contains(target)) {
                gate.set(paused.get(target));
            }
        });
    }

    /** The paused targets by name. */
    Map<String, Gate.Pause> paused() {
        Map<String, Gate.Pause> paused = new TreeMap<>();
        gates.forEach((target, gate) -> gate.pause().ifPresent(pause -> paused.put(target, pause)));
        return paused;
    }

    private Gate gate(String target) {
        return gates.computeIfAbsent(target, name -> {
            Gate gate = new Gate(name, () -> limits.apply(name));
            Gauge.builder("lockstep.target.paused", () -> gate.pause().isPresent() ? 1 : 0)
                    .description("1 while the target is left alone because it is down")
                    .tag("name", name)
                    .register(registry);
            Gauge.builder("lockstep.target.inside", gate::inside)
                    .description("Operations of this node that are let through to the target")
                    .tag("name", name)
                    .register(registry);
            return gate;
        });
    }
}
