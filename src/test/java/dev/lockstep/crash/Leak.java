package dev.lockstep.crash;

import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** The way of a leak of the trial's credential: reported, decided, contained, replaced. */
final class Leak {

    private static final int MOST_JOBS = 60;

    /** Only tells people that it takes long. */
    private static final Set<String> LEFT_OUT = Set.of("NotContainedInTime");

    private final Node node;
    private final Trial trial;

    Leak(Node node, Trial trial) {
        this.node = node;
        this.trial = trial;
    }

    /** Once, however often it is asked for. */
    void report() {
        node.bean(Emergencies.class)
                .report(new Signal(
                        Signal.Source.HUMAN,
                        "leak of " + trial.name(),
                        Signal.Kind.LEAK,
                        Signal.Confidence.CONFIRMED,
                        Signal.Exposure.PUBLIC,
                        null,
                        trial.name(),
                        null,
                        "tester",
                        "a trial",
                        node.now()));
    }

    /** Everything that Lockstep does by itself until the leaked secret is dead, without the replacement. */
    void contain() {
        report();
        node.worker().begin(node.now());
        node.worker().dispatch(node.now());
    }

    /** Whatever is due of incident and operation, one job after the other. */
    List<Job> due() {
        List<Job> due = new ArrayList<>();
        trial.incident().map(Trial.Inc::instance).ifPresent(instance -> due.addAll(jobsOf(instance)));
        for (Trial.Op operation : trial.operations()) {
            if (operation.instance() != null) {
                withCalled(operation.instance()).forEach(instance -> due.addAll(jobsOf(instance)));
            }
        }
        return due;
    }

    private List<Job> jobsOf(String instance) {
        return node
                .bean(ManagementService.class)
                .createJobQuery()
                .processInstanceId(instance)
                .withRetriesLeft()
                .list()
                .stream()
                .filter(job -> !LEFT_OUT.contains(activity(job)))
                .filter(job -> isDue(job))
                .toList();
    }

    /** The end of late changes is told by the node's clock, everything else comes when the test wants it. */
    private boolean isDue(Job job) {
        return !activity(job).equals("LateChangesOver")
                || !job.getDuedate().toInstant().isAfter(node.now());
    }

    private String activity(Job job) {
        return node.bean(ManagementService.class)
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    /** The instance itself and those that it has called. */
    List<String> withCalled(String instance) {
        List<String> all = new ArrayList<>(List.of(instance));
        node.bean(RuntimeService.class).createProcessInstanceQuery().superProcessInstanceId(instance).list().stream()
                .map(ProcessInstance::getId)
                .forEach(all::add);
        return all;
    }

    /** Lets time pass and does what is due, until nothing is left to do by itself. */
    void settle() {
        for (int i = 0; i < MOST_JOBS; i++) {
            node.advance(Duration.ofSeconds(61));
            boolean begun = !node.worker().begin(node.now()).isEmpty();
            boolean moved = !node.worker().dispatch(node.now()).isEmpty() || begun;
            for (Job job : due()) {
                moved = true;
                execute(job);
            }
            if (!moved) {
                return;
            }
        }
        throw new IllegalStateException("the leak of " + trial.name() + " never came to rest");
    }

    private void execute(Job job) {
        try {
            node.bean(ManagementService.class).executeJob(job.getId());
        } catch (RuntimeException noted) {
            // The engine has noted it with the job, which is tried again or ended with its instance.
            Thread.onSpinWait();
        }
    }
}
