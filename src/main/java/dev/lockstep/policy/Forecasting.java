package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.Forecast.Rotation;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.TargetLimits;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plays the time to come: each credential rotates when it is due, its target has room and its policy is open, and is
 * due again as its policy says. A pure function of what it is given.
 */
public final class Forecasting {

    /** So many rotations are played; beyond them nobody reads a forecast, and computing it would hold up a node. */
    static final int MOST = 1_000_000;

    private final Function<String, TargetLimits> limits;
    private final Map<String, TargetRoom> rooms = new HashMap<>();

    private Forecasting(Function<String, TargetLimits> limits) {
        this.limits = limits;
    }

    /**
     * A credential, and when it is due as far as the ledger knows.
     *
     * @param due as the inventory has it, or as it would be after a change
     */
    public record Subject(Credential credential, Due due) {}

    /**
     * What is asked.
     *
     * @param from the present
     * @param until how far to look
     * @param about which credentials are told of; all of them use up the limits of targets
     * @param most how many rotations are told one by one
     */
    public record Question(Instant from, Instant until, Predicate<Credential> about, int most) {}

    /** Plays the time until the end of what is asked, or until there are more rotations than anybody reads. */
    public static Forecast of(Collection<Subject> subjects, Function<String, TargetLimits> limits, Question question) {
        return new Forecasting(limits).play(subjects, question);
    }

    /** @param open whether its policy is known to be open then */
    private record Turn(
            Credential credential, Instant at, @Nullable Instant by, boolean open) {}

    private Forecast play(Collection<Subject> subjects, Question question) {
        Tally tally = new Tally(question);
        PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::at)
                .thenComparing(turn -> turn.credential().name()));
        for (Subject subject : subjects) {
            Instant due = subject.due().at();
            Instant at = due == null || due.isAfter(question.from()) ? due : question.from();
            enqueue(
                    turns,
                    new Turn(
                            subject.credential(),
                            at == null ? Instant.MAX : at,
                            subject.due().by(),
                            false),
                    tally);
        }
        int played = 0;
        while (!turns.isEmpty()) {
            Turn turn = turns.remove();
            if (played == MOST) {
                return tally.forecast(turn.at());
            }
            TargetRoom room = room(turn.credential().target());
            Instant begins = room.from(turn.at());
            Optional<Instant> later = turn.open() && begins.equals(turn.at())
                    ? Optional.empty()
                    : DueTimes.postponed(
                            turn.credential().policy(), turn.credential().name(), begins);
            if (later.isPresent()) {
                enqueue(turns, new Turn(turn.credential(), later.get(), turn.by(), true), tally);
                continue;
            }
            room.take(begins);
            tally.rotates(turn.credential(), begins, turn.by());
            played++;
            Due next = DueTimes.moment(
                    turn.credential().policy(), turn.credential().name(), new DueTimes.Since(begins, begins, begins));
            if (next.at() != null) {
                enqueue(turns, new Turn(turn.credential(), next.at(), next.by(), true), tally);
            }
        }
        return tally.forecast(question.until());
    }

    /** What does not come in time may miss its maximum age all the same. */
    private static void enqueue(PriorityQueue<Turn> turns, Turn turn, Tally tally) {
        if (turn.at().isBefore(tally.until())) {
            turns.add(turn);
        } else if (turn.by() != null && turn.by().isBefore(tally.until())) {
            boolean onDemand = turn.credential().policy().schedule() instanceof Schedule.OnDemand;
            tally.misses(turn.credential(), onDemand ? null : turn.at(), turn.by());
        }
    }

    private TargetRoom room(String target) {
        return rooms.computeIfAbsent(target, name -> new TargetRoom(limits.apply(name)));
    }

    static Rotation rotation(Credential credential, @Nullable Instant at, @Nullable Instant by) {
        return new Rotation(
                credential.name(), credential.target(), credential.policy().name(), at, by);
    }
}
