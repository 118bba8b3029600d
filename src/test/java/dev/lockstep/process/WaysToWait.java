package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * How to bring an instance into each wait state of each shipped model, and what people answer so that it comes to its
 * end. A new wait state gets a line in the ways of its model; a new model gets its own, named here.
 */
@Import({
    LifeStand.class,
    IncidentStand.class,
    RotationWays.class,
    IncidentWays.class,
    LifeWays.class,
    WatchWays.class,
    AccessReviewWays.class,
    DrillWays.class
})
class WaysToWait {

    @Autowired
    List<Ways> ways;

    /** Whether somebody has written down how to get there. */
    boolean known(String process, String state) {
        return way(process, state).isPresent();
    }

    /** Brings a new instance into a wait state and returns its id. */
    String bring(String process, String state) {
        return way(process, state)
                .orElseThrow(() -> new AssertionError(advice(process, state)))
                .get();
    }

    /** What to do about a wait state that nobody knows the way to. */
    static String advice(String process, String state) {
        return process + ".bpmn waits at '" + state + "', and no way there is known: add a line for it to the Ways of "
                + process + ", or new Ways to WaysToWait";
    }

    private Optional<Supplier<String>> way(String process, String state) {
        return ways.stream()
                .flatMap(some -> Optional.ofNullable(some.ways().get(process)).stream())
                .flatMap(states -> Optional.ofNullable(states.get(state)).stream())
                .findFirst();
    }

    /** What a person answers who wants to be done with a task. */
    Map<String, Object> lastWord(String task) {
        Optional<Map<String, Object>> answers = ways.stream()
                .flatMap(some -> Optional.ofNullable(some.lastWords().get(task)).stream())
                .findFirst();
        assertThat(answers)
                .as("the task '%s' needs an answer that ends it: add it to the last words of its Ways", task)
                .isPresent();
        return new HashMap<>(answers.orElseThrow());
    }
}
