package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.observe.HandGates;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * One node in virtual time, repeatable from its seed. Schedule, queue, dispatcher and gates are the shipped ones on a
 * real database; only what an operation does at its target is a span of time that passes when nothing happens in it.
 */
final class Simulation implements AutoCloseable {

    static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration BACKOFF = Duration.ofSeconds(30);
    private static final Duration PARKED = Duration.ofSeconds(1);

    /** How a target behaves. */
    sealed interface Manner {

        /** Every operation takes about so long. */
        record Works(Duration about) implements Manner {}

        /** Nothing is ever answered, and the adapter gives up after so long. */
        record Hangs(Duration timeout) implements Manner {}
    }

    private record Event(Instant at, long number, Runnable what) {}

    private final TestClock clock = TestClock.frozenAt(START);
    private final TestLedger ledger = TestLedger.on(TestDatabase.openHasty(), clock, event -> {});
    private final HandGates gates = new HandGates(target -> TargetLimits.DEFAULT, clock);
    private final Map<String, Manner> targets = new TreeMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) -> {
        int order = one.at().compareTo(other.at());
        return order != 0 ? order : Long.compare(one.number(), other.number());
    });
    private final Map<CredentialName, Instant> done = new HashMap<>();
    private final Map<String, Integer> busiest = new TreeMap<>();
    private final Random random;
    private final Foreman foreman;
    private final JavaDelegate requestDue;
    private final List<Claim> started = new ArrayList<>();
    private long numbers;
    private long round;

    Simulation(long seed) {
        this.random = new Random(seed);
        Crew crew = new Crew(Dispatchers.WORKERS, Dispatchers.STAND_INS, this::nanos);
        OperationSource source = new OperationSource(
                Integer.MIN_VALUE,
                ledger.dispatch(),
                new FairShares(gates, () -> Dispatchers.WORKERS),
                started::add,
                clock,
                this::nanos);
        this.foreman = new Foreman(crew, source, () -> {}, this::begin);
        Wake wake = new Wake();
        wake.register(Wake.Work.OPERATION, this::round);
        this.requestDue = new ScheduleDelegates().requestDueDelegate(ledger.operations(), clock, wake);
    }

    /** Adds a target with so many credentials that are due at a time. */
    void target(String name, Manner manner, int credentials, Instant due) {
        targets.put(name, manner);
        for (int i = 0; i < credentials; i++) {
            ledger.inventory().register(CredentialName.of("sim/team/" + name + "/app-" + i), name, due);
        }
    }

    /** Lets so much time pass. */
    Simulation run(Duration length) {
        Instant end = START.plus(length);
        at(START, this::tick);
        while (!events.isEmpty() && !events.element().at().isAfter(end)) {
            Event next = events.remove();
            clock.set(next.at());
            next.what().run();
        }
        return this;
    }

    static String target(CredentialName name) {
        return name.value().split("/")[2];
    }

    /** When each operation that came to a good end did, by credential. */
    Map<CredentialName, Instant> done() {
        return done;
    }

    /** When the last one of these targets was done, counted from the start. */
    Duration last(List<String> names) {
        return done.entrySet().stream()
                .filter(each -> names.contains(target(each.getKey())))
                .map(each -> Duration.between(START, each.getValue()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** The most operations that were let through to a target at once. */
    int busiest(String target) {
        return busiest.getOrDefault(target, 0);
    }

    private long nanos() {
        return Duration.between(START, clock.instant()).toNanos();
    }

    private void at(Instant time, Runnable what) {
        events.add(new Event(time, numbers++, what));
    }

    private void tick() {
        try {
            requestDue.execute(null);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        at(clock.instant().plus(TICK), this::tick);
    }

    /** As the thread of a dispatcher does: another one after a while at the latest. */
    private void round() {
        Duration wait = foreman.round();
        while (wait.isZero()) {
            wait = foreman.round();
        }
        long mine = ++round;
        at(clock.instant().plus(wait), () -> {
            if (round == mine) {
                round();
            }
        });
    }

    private void begin(WorkSource.Work work, Object worker) {
        work.task().run();
        Claim claim = started.remove(started.size() - 1);
        String target = work.place();
        try {
            gates.enter(target, false);
        } catch (RetryableException refused) {
            ledger.dispatch().park(claim, clock.instant().plus(PARKED));
            at(clock.instant(), () -> ends(worker));
            return;
        }
        busiest.merge(target, gates.inside(target), Math::max);
        if (targets.get(target) instanceof Manner.Works works) {
            long about = works.about().toMillis();
            Duration takes = Duration.ofMillis(about / 2 + random.nextLong(about + 1));
            at(clock.instant().plus(takes), () -> rotated(claim, target, worker));
        } else if (targets.get(target) instanceof Manner.Hangs hangs) {
            at(clock.instant().plus(hangs.timeout()), () -> failed(claim, target, worker));
        }
    }

    private void rotated(Claim claim, String target, Object worker) {
        if (!ledger.dispatch().bind(claim, "instance")) {
            throw new AssertionError(claim + " was lost");
        }
        ledger.operations().close(claim.operation().id(), Outcome.ROTATED);
        ledger.inventory().schedule(claim.operation().credential(), START.plus(Duration.ofDays(90)));
        if (done.put(claim.operation().credential(), clock.instant()) != null) {
            throw new AssertionError(claim + " was rotated twice");
        }
        gates.worked(target);
        gates.leave(target);
        ends(worker);
    }

    private void failed(Claim claim, String target, Object worker) {
        gates.failed(target, clock.instant());
        ledger.dispatch().postpone(claim, clock.instant().plus(BACKOFF), FailureCode.TARGET_UNREACHABLE, "no answer");
        gates.leave(target);
        ends(worker);
    }

    private void ends(Object worker) {
        if (foreman.ends(worker)) {
            round();
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
