package dev.lockstep.process;

import dev.lockstep.domain.Policy;
import dev.lockstep.port.TaskNotices;
import dev.lockstep.port.TaskNotices.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sees to it that no open task of any model is overlooked. Each thing is told once for each task. */
@Component
class TaskWatch {

    private static final int PAGE = 200;

    /** Most tasks that one look tells about; the next look takes the rest. */
    private static final int MOST = 100;

    private final TaskService tasks;
    private final TaskRules rules;
    private final TaskNotices notices;
    private final TaskTeller teller;
    private final Clock clock;

    TaskWatch(TaskService tasks, TaskRules rules, TaskNotices notices, TaskTeller teller, Clock clock) {
        this.tasks = tasks;
        this.rules = rules;
        this.notices = notices;
        this.teller = teller;
        this.clock = clock;
    }

    /** Looks at all open tasks, in the caller's transaction. */
    void look() {
        int told = 0;
        List<Task> page;
        int first = 0;
        do {
            page = tasks.createTaskQuery().active().orderByTaskId().asc().listPage(first, PAGE);
            Map<String, Set<Level>> known =
                    notices.told(page.stream().map(Task::getId).toList());
            for (Task task : page) {
                Set<Level> levels = known.getOrDefault(task.getId(), EnumSet.noneOf(Level.class));
                if (told < MOST && isDue(task, levels) && tell(task, levels)) {
                    told++;
                }
            }
            first += PAGE;
        } while (page.size() == PAGE);
    }

    /** Cheap, because it is asked of every task at every look: whether there may be something to tell. */
    private boolean isDue(Task task, Set<Level> told) {
        Instant due = instant(task.getDueDate());
        return !told.contains(Level.OPENED)
                || (due != null
                        && !told.contains(Level.OVERDUE)
                        && !clock.instant().isBefore(earliest(task, due, told)));
    }

    private static Instant earliest(Task task, Instant due, Set<Level> told) {
        return told.contains(Level.REMINDED) || told.contains(Level.ESCALATED) ? due : half(task, due);
    }

    private static Instant half(Task task, Instant due) {
        return due.minus(Duration.between(task.getCreateTime().toInstant(), due).dividedBy(2));
    }

    /** Returns whether there was something to tell. */
    private boolean tell(Task task, Set<Level> told) {
        TaskRules.Rule rule = rules.of(task);
        if (!told.contains(Level.OPENED) && notices.tell(task.getId(), Level.OPENED)) {
            teller.opened(task, rule);
            return true;
        }
        Instant due = instant(task.getDueDate());
        if (due == null) {
            return false;
        }
        Instant now = clock.instant();
        if (!now.isBefore(due)) {
            return told.contains(Level.ESCALATED) ? overdue(task, rule) : escalate(task, rule);
        }
        boolean remind = !told.contains(Level.REMINDED)
                && !told.contains(Level.ESCALATED)
                && !now.isBefore(remindAt(task, due, rule))
                && notices.tell(task.getId(), Level.REMINDED);
        if (remind) {
            teller.reminder(task, rule);
        }
        return remind;
    }

    /** As the policy says, but not in the first half of the time; by default after three quarters of it. */
    private static Instant remindAt(Task task, Instant due, TaskRules.Rule rule) {
        Duration whole = Duration.between(task.getCreateTime().toInstant(), due);
        Instant wanted =
                due.minus(rule.rule().flatMap(Policy.Escalation::remind).orElse(whole.dividedBy(4)));
        Instant earliest = half(task, due);
        return wanted.isBefore(earliest) ? earliest : wanted;
    }

    private boolean escalate(Task task, TaskRules.Rule rule) {
        if (!notices.tell(task.getId(), Level.ESCALATED)) {
            return false;
        }
        Optional<Policy.SecondLevel> second =
                rule.rule().flatMap(Policy.Escalation::then).filter(level -> rules.mayEscalate(task));
        if (second.isEmpty()) {
            return overdue(task, rule);
        }
        String group = second.get().group();
        tasks.addCandidateGroup(task.getId(), group);
        rule.credential()
                .ifPresent(name ->
                        Groups.limited(group, name).forEach(part -> tasks.addCandidateGroup(task.getId(), part)));
        Task current = tasks.createTaskQuery().taskId(task.getId()).singleResult();
        current.setDueDate(Date.from(clock.instant().plus(second.get().deadline())));
        tasks.saveTask(current);
        teller.escalated(current, rule, second.get());
        return true;
    }

    private boolean overdue(Task task, TaskRules.Rule rule) {
        boolean tell = notices.tell(task.getId(), Level.OVERDUE);
        if (tell) {
            teller.overdue(task, rule);
        }
        return tell;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
