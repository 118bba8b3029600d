package dev.lockstep.process.dryrun;

import dev.lockstep.port.DryRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/** Moves one process instance from wait state to wait state, as a plan tells or by defaults. */
final class ModelDrive {

    private static final int LONGEST_LOCK = 60_000;

    private final ProcessEngine engine;
    private final PathRecorder path;
    private final SteppedClock clock;
    private final TaskAnswers answers;
    private final List<String> events;
    private final BooleanSupplier consumers;

    /** @param consumers lets consumers move that have not yet; answers whether something has changed */
    ModelDrive(
            ProcessEngine engine,
            PathRecorder path,
            SteppedClock clock,
            TaskAnswers answers,
            List<String> events,
            BooleanSupplier consumers) {
        this.engine = engine;
        this.path = path;
        this.clock = clock;
        this.answers = answers;
        this.events = new ArrayList<>(events);
        this.consumers = consumers;
    }

    /** The events of the plan that nothing has waited for. */
    List<String> unused() {
        return List.copyOf(events);
    }

    /** Goes on until the instance has ended or cannot go on. */
    DryRuns.End run(String instance) {
        try {
            return untilRest(instance);
        } catch (RuntimeException failed) {
            return new DryRuns.End(DryRuns.State.STUCK, "it broke: " + failed.getMessage(), standing(instance), null);
        }
    }

    private DryRuns.End untilRest(String instance) {
        while (!path.over()) {
            if (ended(instance)) {
                return new DryRuns.End(DryRuns.State.ENDED, "the process came to its end", List.of(), null);
            }
            Optional<Job> dead =
                    jobs(instance).stream().filter(job -> job.getRetries() == 0).findFirst();
            if (dead.isPresent()) {
                return new DryRuns.End(
                        DryRuns.State.STUCK,
                        "a job has used up its tries: " + dead.get().getExceptionMessage(),
                        List.of(activity(dead.get())),
                        null);
            }
            if (!step(instance)) {
                return new DryRuns.End(
                        DryRuns.State.WAITS,
                        "it waits for what the plan does not tell; name the event in \"events\"",
                        standing(instance),
                        null);
            }
        }
        return new DryRuns.End(DryRuns.State.UNBOUNDED, "it took too many steps or too long", List.of(), null);
    }

    private List<String> standing(String instance) {
        return ended(instance)
                ? List.of()
                : engine.getRuntimeService().getActiveActivityIds(instance).stream()
                        .distinct()
                        .sorted()
                        .toList();
    }

    private boolean ended(String instance) {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                == 0;
    }

    private boolean step(String instance) {
        return asyncJob(instance)
                || toldEvent(instance)
                || person(instance)
                || consumers.getAsBoolean()
                || worker(instance)
                || timer(instance);
    }

    private boolean asyncJob(String instance) {
        Optional<Job> next =
                jobs(instance).stream().filter(job -> !isTimer(job)).findFirst();
        next.ifPresent(this::execute);
        return next.isPresent();
    }

    /** A failing job is undone, and due again after its back-off. */
    private void execute(Job job) {
        int mark = path.mark();
        pass(job.getDuedate());
        try {
            engine.getManagementService().executeJob(job.getId());
        } catch (RuntimeException failed) {
            path.undoneSince(mark);
        }
    }

    private void pass(Date due) {
        if (due != null) {
            clock.advance(Duration.between(ClockUtil.getCurrentTime().toInstant(), due.toInstant()));
        }
    }

    private boolean toldEvent(String instance) {
        return List.copyOf(events).stream().anyMatch(event -> happens(instance, event));
    }

    private boolean happens(String instance, String event) {
        Optional<Job> timer = jobs(instance).stream()
                .filter(job -> isTimer(job) && activity(job).equals(event))
                .findFirst();
        Optional<EventSubscription> waiting = engine
                .getRuntimeService()
                .createEventSubscriptionQuery()
                .processInstanceId(instance)
                .activityId(event)
                .list()
                .stream()
                .findFirst();
        timer.ifPresent(this::execute);
        if (timer.isEmpty()) {
            waiting.ifPresent(this::receive);
        }
        boolean happened = timer.isPresent() || waiting.isPresent();
        return happened && events.remove(event);
    }

    private void receive(EventSubscription waiting) {
        int mark = path.mark();
        try {
            if ("signal".equals(waiting.getEventType())) {
                engine.getRuntimeService().signalEventReceived(waiting.getEventName(), waiting.getExecutionId());
            } else {
                engine.getRuntimeService().messageEventReceived(waiting.getEventName(), waiting.getExecutionId());
            }
        } catch (RuntimeException failed) {
            path.undoneSince(mark);
            throw failed;
        }
    }

    private boolean person(String instance) {
        Optional<Task> task = engine.getTaskService().createTaskQuery().processInstanceId(instance).list().stream()
                .findFirst();
        task.ifPresent(open -> engine.getTaskService()
                .complete(open.getId(), new HashMap<>(answers.of(open, path.visits(open.getTaskDefinitionKey())))));
        return task.isPresent();
    }

    private boolean worker(String instance) {
        Optional<ExternalTask> task =
                engine.getExternalTaskService().createExternalTaskQuery().processInstanceId(instance).list().stream()
                        .findFirst();
        task.ifPresent(open -> {
            engine.getExternalTaskService().lock(open.getId(), "dry-run", LONGEST_LOCK);
            engine.getExternalTaskService().complete(open.getId(), "dry-run", Map.of());
        });
        return task.isPresent();
    }

    private boolean timer(String instance) {
        Optional<Job> next =
                jobs(instance).stream().filter(ModelDrive::isTimer).min(Comparator.comparing(Job::getDuedate));
        next.ifPresent(this::execute);
        return next.isPresent();
    }

    private List<Job> jobs(String instance) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .list();
    }

    private static boolean isTimer(Job job) {
        return job instanceof TimerEntity;
    }

    private String activity(Job job) {
        JobDefinition definition = engine.getManagementService()
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult();
        return definition == null ? "" : definition.getActivityId();
    }
}
