package dev.lockstep.process;

import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Notifier;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts into words what there is to tell about a task, and tells the groups that can do it. */
@Component
class TaskTeller {

    private static final String LINK = "/camunda/app/tasklist/default/#/?task=";

    private final TaskService tasks;
    private final Notifier notifier;
    private final Rehearsed rehearsed;

    TaskTeller(TaskService tasks, Notifier notifier, Rehearsed rehearsed) {
        this.tasks = tasks;
        this.notifier = notifier;
        this.rehearsed = rehearsed;
    }

    void opened(Task task, TaskRules.Rule rule) {
        tell(task, rule, "task.open", "medium", "", "waits for " + whom(task, rule));
    }

    void reminder(Task task, TaskRules.Rule rule) {
        tell(task, rule, "task.reminder", "medium", "Reminder: ", "still waits for " + whom(task, rule));
    }

    void escalated(Task task, TaskRules.Rule rule, Policy.SecondLevel second) {
        tell(
                task,
                rule,
                "task.escalated",
                "high",
                "Escalated: ",
                "was not done in time by " + whom(task, rule) + "; now " + second.group() + " can do it too");
    }

    void overdue(Task task, TaskRules.Rule rule) {
        tell(task, rule, "task.overdue", "high", "Overdue: ", "was not done in time by " + whom(task, rule));
    }

    private void tell(Task task, TaskRules.Rule rule, String kind, String severity, String prefix, String what) {
        String mark = rehearsed.mark(rule.about());
        String subject = mark + prefix + task.getName() + ", " + rule.about();
        String text = mark + "The task \"" + task.getName() + "\" about " + rule.about() + ' ' + what + '.'
                + deadline(task.getDueDate());
        groups(task, rule)
                .forEach(group -> notifier.tell(new Notice(kind, severity, group, subject, text, LINK + task.getId())));
    }

    private static String deadline(@Nullable Date due) {
        return due == null ? "" : " Deadline: " + due.toInstant().truncatedTo(ChronoUnit.SECONDS) + '.';
    }

    private String whom(Task task, TaskRules.Rule rule) {
        String groups = String.join(", ", groups(task, rule));
        return task.getAssignee() == null ? groups : task.getAssignee() + " (" + groups + ")";
    }

    /**
     * The groups that can do it, without their parts with a limited role, which hear of it with the whole; the group of
     * the rule for a task that belongs to a person only.
     */
    private Set<String> groups(Task task, TaskRules.Rule rule) {
        Set<String> all = tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> groups = Groups.withoutParts(all, rule.credential());
        if (groups.isEmpty()) {
            groups.add(rule.rule().map(Policy.Escalation::group).orElse("operators"));
        }
        return groups;
    }
}
