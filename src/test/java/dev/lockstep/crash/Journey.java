package dev.lockstep.crash;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Rotations;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.JobQuery;

/**
 * The way of one rotation, leak or story, as requester, dispatcher, consumer, job executor and the passing of time move
 * it on.
 */
final class Journey {

    private static final int MOST_JOBS = 40;

    private final Node node;
    private final Trial trial;
    private final Leak leak;
    private final boolean mortal;
    private int failures;

    /** @param mortal whether the worker dies of a fault, instead of noting it */
    Journey(Node node, Trial trial, boolean mortal) {
        this.node = node;
        this.trial = trial;
        this.leak = new Leak(node, trial);
        this.mortal = mortal;
    }

    /** As far as it goes without anybody waiting. Throws what no part of Lockstep catches. */
    void turn() {
        Optional<Story> story = trial.scenario().story(node, trial);
        if (story.isPresent()) {
            follow(story.get());
            return;
        }
        if (trial.scenario().leaks()) {
            leak();
            return;
        }
        if (trial.operations().isEmpty()) {
            node.bean(Rotations.class).rotate(trial.name(), false, "tester", "a trial");
        }
        node.worker().dispatch(node.now());
        if (trial.scenario().rollsBack()) {
            askForRollBack();
        }
        acknowledge();
        jobs();
    }

    private void follow(Story story) {
        for (int i = 0; i < MOST_JOBS; i++) {
            boolean moved = story.happen();
            moved |= !node.worker().dispatch(node.now()).isEmpty();
            moved |= story.answer();
            Optional<Job> due = story.due();
            due.ifPresent(job -> execute(job.getId()));
            if (!moved && due.isEmpty()) {
                return;
            }
        }
    }

    private void leak() {
        leak.report();
        for (int i = 0; i < MOST_JOBS; i++) {
            boolean begun = !node.worker().begin(node.now()).isEmpty();
            boolean moved = !node.worker().dispatch(node.now()).isEmpty() || begun;
            List<Job> due = leak.due();
            if (!moved && due.isEmpty()) {
                return;
            }
            due.stream().findFirst().ifPresent(job -> execute(job.getId()));
        }
    }

    /** Another operation may take over at any moment. */
    private void askForRollBack() {
        trial.operation()
                .filter(operation -> waitsAt(operation, "GracePeriod"))
                .ifPresent(operation -> node.bean(Rotations.class).rollBack(operation.id(), "tester"));
    }

    /** The consumer reads what is current, and says so each time. */
    private void acknowledge() {
        boolean consumed =
                !trial.credential().consumers().isEmpty() && !trial.scenario().rollsBack();
        trial.candidate()
                .filter(candidate -> consumed && candidate.stage() == Stage.CURRENT)
                .ifPresent(candidate -> node.bean(ConsumerReports.class)
                        .acknowledge("web", new SecretRef(trial.name(), candidate.version())));
    }

    /** Whatever is due now or later, one after the other. */
    private void jobs() {
        for (int i = 0; i < MOST_JOBS; i++) {
            List<Job> due = due();
            if (due.isEmpty()) {
                return;
            }
            execute(due.get(0).getId());
        }
    }

    private List<Job> due() {
        return trial.operation()
                .filter(operation -> operation.instance() != null)
                .map(operation -> query().processInstanceId(operation.instance())
                        .withRetriesLeft()
                        .list())
                .orElse(List.of());
    }

    private JobQuery query() {
        return node.bean(ManagementService.class)
                .createJobQuery()
                .orderByJobId()
                .asc();
    }

    /** A failing job is noted by the engine and tried again; one whose worker dies leaves no note. */
    private void execute(String job) {
        if (mortal) {
            commands().getCommandExecutorTxRequired().execute(new ExecuteJobsCmd(job, new JobFailureCollector(job)));
            return;
        }
        try {
            node.bean(ManagementService.class).executeJob(job);
        } catch (RuntimeException noted) {
            failures++;
        }
    }

    /** How many jobs have failed and were left for another try. */
    int failures() {
        return failures;
    }

    private ProcessEngineConfigurationImpl commands() {
        return (ProcessEngineConfigurationImpl) node.bean(ProcessEngineConfiguration.class);
    }

    private boolean waitsAt(Trial.Op operation, String activity) {
        return operation.instance() != null
                && node.bean(RuntimeService.class)
                                .createProcessInstanceQuery()
                                .processInstanceId(operation.instance())
                                .activityIdIn(activity)
                                .count()
                        > 0;
    }
}
