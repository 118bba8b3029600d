package dev.lockstep.crash;

import dev.lockstep.lifecycle.AdoptCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/** One kind of undertaking that is disturbed: how it begins, what keeps it going, and what must hold. */
abstract class Story {

    /** What makes itself heard only when people do not answer. */
    private static final Set<String> LEFT_OUT = Set.of("ApprovalDeadline", "HandOverDeadline");

    final Node node;
    final Trial trial;

    Story(Node node, Trial trial) {
        this.node = node;
        this.trial = trial;
    }

    /** Before anything happens: an account, and a credential in use. */
    void prepare(Site site) {
        String role = trial.credential().principals().get(0);
        site.role(role, Bench.initial(role));
        node.bean(AdoptCredentials.class).run();
    }

    /** What people, applications or the world outside do next. Returns whether there was anything to do. */
    abstract boolean happen();

    /** How people answer the tasks that belong to the story. */
    Map<String, Map<String, Object>> answers() {
        return Map.of();
    }

    /** How the human answers who is asked because something went wrong. */
    Map<String, Map<String, Object>> help() {
        return Map.of();
    }

    boolean over() {
        return trial.operation().filter(Trial.Op::closed).isPresent();
    }

    /** What must hold at every moment. */
    abstract void always(Invariants invariants);

    /** What must hold besides while a human is asked. */
    void waiting(Invariants invariants) {}

    /** What must hold when it is over. */
    abstract void atRest(Invariants invariants);

    /** Leaves nothing behind that would disturb the next trial. */
    void clear() {}

    /** The process instances that belong to the story. */
    List<String> instances() {
        List<String> all = new ArrayList<>();
        trial.operations().stream()
                .filter(operation -> operation.instance() != null)
                .forEach(operation -> all.add(operation.instance()));
        return all;
    }

    final List<String> instances(String process) {
        return node
                .bean(RuntimeService.class)
                .createProcessInstanceQuery()
                .processDefinitionKey(process)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    final boolean waitsAt(String activity) {
        return instances().stream()
                .anyMatch(instance -> node.bean(RuntimeService.class)
                                .createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .activityIdIn(activity)
                                .count()
                        > 0);
    }

    /** Answers the next task that belongs to the story. */
    final boolean answer() {
        Optional<Task> next = tasks().stream()
                .filter(task -> answers().containsKey(task.getTaskDefinitionKey()))
                .findFirst();
        next.ifPresent(task ->
                node.bean(TaskService.class).complete(task.getId(), answers().get(task.getTaskDefinitionKey())));
        return next.isPresent();
    }

    final List<Task> tasks() {
        return instances().stream()
                .flatMap(instance ->
                        node.bean(TaskService.class).createTaskQuery().processInstanceId(instance).list().stream())
                .toList();
    }

    /** The next job, whatever its date; time passes as far as it has to. */
    Optional<Job> due() {
        return instances().stream()
                .flatMap(instance -> node
                        .bean(ManagementService.class)
                        .createJobQuery()
                        .processInstanceId(instance)
                        .withRetriesLeft()
                        .orderByJobId()
                        .asc()
                        .list()
                        .stream())
                .filter(job -> !LEFT_OUT.contains(activity(job)))
                .findFirst();
    }

    final String activity(Job job) {
        return node.bean(ManagementService.class)
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    /** The timer with which a process begins; a tick that failed is made up for before the next. */
    final void tick(String process) {
        Job timer = node.bean(ManagementService.class)
                .createJobQuery()
                .processDefinitionKey(process)
                .timers()
                .withRetriesLeft()
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .get(0);
        node.bean(ManagementService.class).executeJob(timer.getId());
    }
}
