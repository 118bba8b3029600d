package dev.lockstep.process;

import dev.lockstep.domain.Conflict;
import dev.lockstep.lifecycle.CollectEvidence;
import dev.lockstep.port.AccessReviews;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Begins reviews on request, and knows from the engine who is being asked. */
@Component
class AccessReviewDesk implements AccessReviews {

    /** Variable of one owner's part of the review. */
    static final String OWNER = "owner";

    private static final String PROCESS = "access-review";

    private final CollectEvidence evidence;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;

    AccessReviewDesk(
            CollectEvidence evidence, RuntimeService runtime, TaskService tasks, ManagementService management) {
        this.evidence = evidence;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
    }

    @Override
    public List<Evidence> evidence() {
        return evidence.owners().stream().map(evidence::run).toList();
    }

    @Override
    public List<String> asked() {
        String[] waiting = waiting();
        if (waiting.length == 0) {
            return List.of();
        }
        return runtime.createVariableInstanceQuery().variableName(OWNER).executionIdIn(waiting).list().stream()
                .map(VariableInstance::getValue)
                .map(String::valueOf)
                .distinct()
                .sorted()
                .toList();
    }

    /** Executions that a task or a job stands for; the engine keeps those of owners who are done until all are. */
    private String[] waiting() {
        Stream<String> tasks = this.tasks.createTaskQuery().processDefinitionKey(PROCESS).list().stream()
                .map(Task::getExecutionId);
        Stream<String> jobs = management.createJobQuery().processDefinitionKey(PROCESS).list().stream()
                .map(Job::getExecutionId);
        return Stream.concat(tasks, jobs).filter(Objects::nonNull).toArray(String[]::new);
    }

    @Override
    public List<String> begin(String requestedBy) {
        List<String> free = free();
        if (free.isEmpty()) {
            throw new Conflict("nobody owns a credential who is not being asked already");
        }
        runtime.createProcessInstanceByKey(PROCESS)
                .setVariable("requestedBy", requestedBy)
                .execute();
        return free;
    }

    /** Owners who are not being asked. */
    List<String> free() {
        List<String> asked = asked();
        return evidence.owners().stream()
                .filter(owner -> !asked.contains(owner))
                .toList();
    }
}
