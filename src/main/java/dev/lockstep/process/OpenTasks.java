package dev.lockstep.process;

import dev.lockstep.port.Escalations;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the open human tasks from the engine. */
@Component
class OpenTasks implements Escalations {

    private final TaskService tasks;
    private final RuntimeService runtime;

    OpenTasks(TaskService tasks, RuntimeService runtime) {
        this.tasks = tasks;
        this.runtime = runtime;
    }

    @Override
    public List<Escalations.Task> open(int limit) {
        List<org.camunda.bpm.engine.task.Task> open =
                tasks.createTaskQuery().active().orderByDueDate().asc().listPage(0, limit);
        if (open.isEmpty()) {
            return List.of();
        }
        String[] instances = open.stream()
                .map(org.camunda.bpm.engine.task.Task::getProcessInstanceId)
                .distinct()
                .toArray(String[]::new);
        Map<String, Long> operations = runtime
                .createVariableInstanceQuery()
                .variableName(ModelVariables.OPERATION)
                .processInstanceIdIn(instances)
                .list()
                .stream()
                .collect(Collectors.toMap(
                        VariableInstance::getProcessInstanceId,
                        variable -> ((Number) variable.getValue()).longValue(),
                        (one, same) -> one));
        Map<String, String> credentials =
                runtime.createProcessInstanceQuery().processInstanceIds(Set.of(instances)).list().stream()
                        .collect(Collectors.toMap(
                                ProcessInstance::getId, instance -> String.valueOf(instance.getBusinessKey())));
        return open.stream()
                .map(task -> view(
                        task,
                        operations.get(task.getProcessInstanceId()),
                        credentials.getOrDefault(task.getProcessInstanceId(), "")))
                .toList();
    }

    private Escalations.Task view(org.camunda.bpm.engine.task.Task task, @Nullable Long operation, String credential) {
        String groups = tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(id -> id != null)
                .sorted()
                .collect(Collectors.joining(", "));
        return new Escalations.Task(
                task.getId(),
                task.getName(),
                operation,
                credential,
                groups.isEmpty() ? null : groups,
                task.getAssignee(),
                task.getCreateTime().toInstant(),
                instant(task.getDueDate()));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
