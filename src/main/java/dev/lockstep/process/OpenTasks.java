package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Escalations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
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
    public List<Escalations.Task> open(int limit, Predicate<Escalations.Task> wanted) {
        List<Escalations.Task> found = new ArrayList<>();
        int first = 0;
        List<org.camunda.bpm.engine.task.Task> page;
        do {
            page = tasks.createTaskQuery()
                    .active()
                    .orderByDueDate()
                    .asc()
                    .orderByTaskId()
                    .asc()
                    .listPage(first, limit);
            views(page).stream().filter(wanted).limit(limit - found.size()).forEach(found::add);
            first += limit;
        } while (page.size() == limit && found.size() < limit);
        return found;
    }

    private List<Escalations.Task> views(List<org.camunda.bpm.engine.task.Task> open) {
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
                .flatMap(task -> groups(task)
                        .map(groups -> view(
                                task,
                                groups,
                                operations.get(task.getProcessInstanceId()),
                                credentials.getOrDefault(task.getProcessInstanceId(), "")))
                        .stream())
                .toList();
    }

    /** Empty when the task has ended since it was listed. */
    @SuppressWarnings("UnusedException")
    private Optional<Set<String>> groups(org.camunda.bpm.engine.task.Task task) {
        try {
            return Optional.of(tasks.getIdentityLinksForTask(task.getId()).stream()
                    .map(IdentityLink::getGroupId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        } catch (NullValueException ended) {
            return Optional.empty();
        }
    }

    private static Escalations.Task view(
            org.camunda.bpm.engine.task.Task task, Set<String> all, @Nullable Long operation, String credential) {
        String groups = String.join(", ", Groups.withoutParts(all, CredentialName.find(credential)));
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
