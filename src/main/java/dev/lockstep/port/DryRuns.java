package dev.lockstep.port;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries a model out: in an engine of its own, against a simulated store and target. */
public interface DryRuns {

    /**
     * Runs a model to its end, or to where it cannot go on. Nothing outside of the run is read or changed.
     *
     * @throws dev.lockstep.domain.InvalidInput when the model is refused, or the plan speaks of what it does not have
     * @throws dev.lockstep.domain.Conflict when too many runs are under way
     */
    Report run(Plan plan);

    /**
     * What to run, and what happens on the way.
     *
     * @param model the model's file
     * @param others further files of the deployment by name: forms, decisions, called processes
     * @param situation the credential that the model is run for
     * @param failures which activities fail, by id
     * @param answers what people answer, by id of the user task: the first visit, the second, …
     * @param events ids of events that happen as soon as something waits for them, each once
     */
    record Plan(
            File model,
            List<File> others,
            Situation situation,
            Map<String, Failing> failures,
            Map<String, List<Map<String, Object>>> answers,
            List<String> events) {
        public Plan {
            others = List.copyOf(others);
            failures = Map.copyOf(failures);
            answers = Map.copyOf(answers);
            events = List.copyOf(events);
        }
    }

    /** A file under a plain name. */
    record File(String name, String content) {}

    /**
     * The credential and its policy.
     *
     * @param emergency whether the operation overtakes everything and allows no grace
     * @param consumers applications by name, and whether they move to a new version
     * @param variables further variables that the process starts with
     */
    record Situation(
            Strategy strategy,
            Duration grace,
            boolean approval,
            int attempts,
            int retriesLater,
            boolean emergency,
            Map<String, Boolean> consumers,
            Map<String, Object> variables) {

        /** One principal, an hour of grace, three attempts, one retry later, nobody to ask. */
        public static final Situation USUAL =
                new Situation(Strategy.IN_PLACE, Duration.ofHours(1), false, 3, 1, false, Map.of(), Map.of());
    }

    /**
     * How an activity fails.
     *
     * @param times how often in a row; empty for each time
     * @param permanent whether the model has to take another way; otherwise it is tried again
     * @param code the failure code; empty for the usual one of what is called
     */
    record Failing(Optional<Integer> times, boolean permanent, Optional<FailureCode> code) {}

    /**
     * What happened.
     *
     * @param path the activities in the order in which they began
     * @param flows ids of the sequence flows that were taken
     * @param end where it ended
     * @param simulated what target and store hold now
     * @param notes what of the plan was not used
     * @param picture the model's diagram as SVG with the path marked; null when the model has no diagram
     */
    record Report(
            List<Entry> path,
            List<String> flows,
            End end,
            Simulated simulated,
            List<String> notes,
            @Nullable String picture) {}

    /**
     * One activity.
     *
     * @param activity its id in the model
     * @param name its name; its id when it has none
     * @param type for example {@code serviceTask}
     * @param kept false when it was undone with the transaction it ran in, because a later step failed
     * @param problem why it failed; null when it did not
     * @param at the time of the simulation
     */
    record Entry(
            String activity,
            String name,
            String type,
            boolean kept,
            @Nullable String problem,
            Instant at) {}

    /**
     * How a run ended.
     *
     * @param state in one word
     * @param sentence for the designer
     * @param at ids of the activities at which it stands; none when it has ended
     * @param outcome of the operation; null when it has none
     */
    record End(
            State state,
            String sentence,
            List<String> at,
            @Nullable String outcome) {}

    /** The ways to end. */
    enum State {
        /** The process came to an end. */
        ENDED,
        /** It waits for something that the plan does not tell. */
        WAITS,
        /** A job or the whole operation cannot go on. */
        STUCK,
        /** It took too many steps or too long. */
        UNBOUNDED
    }

    /**
     * The simulated world.
     *
     * @param served number of the version that applications read; null when there is none
     * @param versions all versions, newest first
     * @param accounts the target's accounts by principal
     */
    record Simulated(@Nullable Integer served, List<Held> versions, Map<String, Account> accounts) {}

    /**
     * A version.
     *
     * @param stored whether the store has its value
     */
    record Held(int version, Stage stage, String principal, boolean stored) {}

    /**
     * An account.
     *
     * @param accepts number of the version whose secret logs in; null when none does
     */
    record Account(@Nullable Integer accepts, boolean disabled) {}
}
