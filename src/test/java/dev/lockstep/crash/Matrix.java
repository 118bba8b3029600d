package dev.lockstep.crash;

import dev.lockstep.port.AuditReview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The faults of one strategy, on a node and a database of its own. */
final class Matrix implements AutoCloseable {

    private static final List<Mode> IN_PROCESS = List.of(Mode.EXCEPTION, Mode.TIMEOUT, Mode.SIMULATED_KILL);

    private final Site site;
    private final Node node;
    private final Secrets secrets;
    private final Path data;
    private final Programs programs;
    private final List<Row> rows = new ArrayList<>();
    private String clock = "running";

    Matrix(Path data, Programs programs, Secrets secrets) {
        this.data = data;
        this.programs = programs;
        this.secrets = secrets;
        this.site = new Site(data);
        this.node = Node.start(site.settings("one"), Map.of());
    }

    /** Makes the processes that are killed start faster. */
    void rehearse() {
        programs.rehearse(site.settings("rehearsal"), data.resolve("rehearsal.log"));
    }

    List<Row> rows() {
        return rows;
    }

    /** Every call, on both sides, in every mode; but to die before and after a call that only reads is the same. */
    void everyCall(Scenario scenario) {
        for (Mode mode : IN_PROCESS) {
            for (Side side : Side.values()) {
                boolean same = mode == Mode.SIMULATED_KILL && side == Side.BEFORE;
                each(scenario, mode, side, call -> !same || !KillPoints.reads(call));
            }
        }
    }

    /** Every call that has an effect, on both sides. */
    void everyEffect(Scenario scenario, Mode mode) {
        for (Side side : Side.values()) {
            each(scenario, mode, side, call -> !KillPoints.reads(call));
        }
    }

    /** Node and engine stand still: all that happens between two waits has the same time. */
    void frozen(Scenario scenario, Mode mode, Side side) {
        node.freeze();
        clock = "frozen";
        each(scenario, mode, side, call -> !KillPoints.reads(call));
        clock = "running";
        node.thaw();
    }

    private void each(Scenario scenario, Mode mode, Side side, Predicate<Crossings.Call> wanted) {
        Bench bench = bench();
        for (Crossings.Call call : bench.clean(scenario)) {
            if (wanted.test(call) && scenario.concerns(call)) {
                rows.add(bench.disturb(scenario, new Fault(call.number(), side, mode)));
            }
        }
    }

    /** Kills as many processes, one after the other; the next one starts while the trial of the last one is judged. */
    void kills(Scenario scenario, int many) {
        Path log = data.resolve("victims.log");
        Bench bench = bench();
        Deque<Victim> waiting = new ArrayDeque<>(List.of(victim(log)));
        try {
            List<Crossings.Call> calls =
                    bench.clean(scenario).stream().filter(scenario::concerns).toList();
            for (KillPoints.Point point : KillPoints.of(calls, many)) {
                waiting.add(victim(log));
                try (Victim victim = waiting.remove()) {
                    rows.add(bench.kill(scenario, point, victim));
                }
            }
            secrets.heard(log);
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            waiting.forEach(Victim::close);
        }
    }

    private Victim victim(Path log) {
        return Victim.start(programs.command(), KilledProcess.class, site.settings("victim"), log);
    }

    private Bench bench() {
        return new Bench(site, node, secrets, clock);
    }

    /** What does not hold for the database as a whole: the audit trail's chain, and secrets in clear text. */
    List<String> everywhere() {
        List<String> found = new ArrayList<>(secrets.found(site.sql()));
        AuditReview.Verdict verdict = node.bean(AuditReview.class).verify();
        if (!verdict.intact()) {
            found.add("the audit trail does not verify: " + verdict.firstBad());
        }
        return found;
    }

    @Override
    public void close() {
        node.close();
        site.close();
    }
}
