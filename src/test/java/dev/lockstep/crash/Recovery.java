package dev.lockstep.crash;

import dev.lockstep.process.HandWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/** What Lockstep does by itself after a fault, and the human who answers "retry" when asked. */
final class Recovery {

    private static final int MOST_TURNS = 12;
    private static final Duration LEASE_OVER = HandWorker.LEASE.plusSeconds(1);
    private static final Map<String, Map<String, Object>> ANSWERS = Map.of(
            "ResolveFailedRotation", Map.of("choice", "retry"),
            "ResolveFailedRetirement", Map.of("retirementChoice", "retry"),
            "ResolveLaggards", Map.of("laggardsChoice", "retire"),
            "ResolveFailedContainment", Map.of("containmentChoice", "retry"));

    private final Node node;
    private final Trial trial;
    private final Journey journey;
    private int turns;
    private int answers;

    Recovery(Node node, Trial trial) {
        this.node = node;
        this.trial = trial;
        this.journey = new Journey(node, trial, false);
    }

    /** Goes on until the operation is closed, or nothing moves any more even with the human's help. */
    void run() {
        run(() -> {});
    }

    /** @param asked runs before each answer of the human */
    void run(Runnable asked) {
        boolean helped = true;
        while (!closed() && helped && turns < MOST_TURNS) {
            alone();
            if (!closed()) {
                asked.run();
                helped = answer();
            }
        }
    }

    /** Until nothing moves any more without a human. */
    void alone() {
        String before;
        do {
            before = state();
            turns++;
            node.advance(LEASE_OVER);
            journey.turn();
            node.worker().resumeWaiting();
        } while (!closed() && turns < MOST_TURNS && !state().equals(before));
    }

    private String state() {
        String told = trial.scenario()
                .story(node, trial)
                .map(story -> story.over() + story.instances().toString() + story.tasks())
                .orElse("");
        return told
                + trial.incident().map(Trial.Inc::toString).orElse("")
                + trial.operation()
                        .map(operation -> operation.status()
                                + operation.token()
                                + operation.instance()
                                + task(operation).map(Task::getId).orElse(""))
                        .orElse("none");
    }

    private boolean answer() {
        Optional<Story> story = trial.scenario().story(node, trial);
        return story.isPresent() ? help(story.get()) : settle();
    }

    /** The tasks that belong to the story are answered as it goes on; the human is asked about all others. */
    private boolean help(Story story) {
        Optional<Task> asked = story.tasks().stream()
                .filter(task -> story.help().containsKey(task.getTaskDefinitionKey()))
                .findFirst();
        asked.ifPresent(task -> complete(task, story.help()));
        return asked.isPresent()
                || story.instances().stream().map(this::restart).toList().contains(true);
    }

    private boolean settle() {
        return trial.operation()
                .map(operation -> task(operation)
                        .map(task -> complete(task, ANSWERS))
                        .orElseGet(() -> restart(String.valueOf(operation.instance()))))
                .orElse(false);
    }

    private boolean complete(Task task, Map<String, Map<String, Object>> known) {
        answers++;
        node.bean(TaskService.class).complete(task.getId(), known.get(task.getTaskDefinitionKey()));
        return true;
    }

    private boolean restart(String instance) {
        List<Job> dead = node.bean(ManagementService.class)
                .createJobQuery()
                .processInstanceId(instance)
                .noRetriesLeft()
                .list();
        dead.forEach(job -> node.bean(ManagementService.class).setJobRetries(job.getId(), 1));
        answers += dead.size();
        return !dead.isEmpty();
    }

    private Optional<Task> task(Trial.Op operation) {
        return operation.instance() == null
                ? Optional.empty()
                : new Leak(node, trial)
                        .withCalled(operation.instance()).stream()
                                .flatMap(
                                        instance -> node
                                                .bean(TaskService.class)
                                                .createTaskQuery()
                                                .processInstanceId(instance)
                                                .list()
                                                .stream())
                                .findFirst();
    }

    /** Whether somebody who looks can see why the operation does not move. */
    boolean visible() {
        return trial.operation().map(this::visible).orElse(true);
    }

    private boolean visible(Trial.Op operation) {
        if (operation.closed() || operation.instance() == null) {
            return !operation.status().equals("RUNNING");
        }
        RuntimeService runtime = node.bean(RuntimeService.class);
        boolean waits = task(operation).isPresent()
                || runtime.createEventSubscriptionQuery()
                                .processInstanceId(operation.instance())
                                .eventType("message")
                                .count()
                        > 0
                || runtime.createIncidentQuery()
                                .processInstanceId(operation.instance())
                                .count()
                        > 0;
        return waits
                || node.bean(ManagementService.class)
                                .createJobQuery()
                                .processInstanceId(operation.instance())
                                .withRetriesLeft()
                                .count()
                        > 0;
    }

    private boolean closed() {
        Optional<Story> story = trial.scenario().story(node, trial);
        if (story.isPresent()) {
            return story.get().over();
        }
        boolean heard = !trial.scenario().leaks()
                || trial.incident()
                        .filter(incident -> incident.state().equals("CONTAINED"))
                        .isPresent();
        return heard && trial.operation().filter(Trial.Op::closed).isPresent();
    }

    int answers() {
        return answers;
    }

    String summary() {
        return turns
                + (turns == 1 ? " turn" : " turns")
                + (answers == 0 ? "" : ", " + answers + " answer(s) of a human");
    }
}
