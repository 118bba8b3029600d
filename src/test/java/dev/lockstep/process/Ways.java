package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.annotation.Autowired;

/** How instances of some models are brought into their wait states, and what people answer at the end. */
abstract class Ways {

    @Autowired
    RotationStand stand;

    /** By model and wait state: brings a new instance there and returns its id. */
    abstract Map<String, Map<String, Supplier<String>>> ways();

    /** By task: what a person answers who wants to be done with it. */
    abstract Map<String, Map<String, Object>> lastWords();

    final Map<String, Object> lastWord(String task) {
        return Objects.requireNonNull(lastWords().get(task));
    }

    final String instance(Operation operation) {
        return String.valueOf(stand.now(operation).processInstance());
    }

    /** Lets what waits as a job happen, until the operation waits for something else. */
    final String settled(Operation operation) {
        stand.jobs(operation);
        return instance(operation);
    }

    /** Runs the one job that waits at an activity of an instance. */
    final String run(String instance, String activity) {
        Job job = stand.management
                .createJobQuery()
                .processInstanceId(instance)
                .activityId(activity)
                .singleResult();
        assertThat(job).as("job at " + activity).isNotNull();
        stand.management.executeJob(job.getId());
        return instance;
    }

    final String complete(String instance, Map<String, Object> answers) {
        Task task = stand.tasks.createTaskQuery().processInstanceId(instance).singleResult();
        stand.tasks.complete(task.getId(), new HashMap<>(answers));
        return instance;
    }

    /** Runs the timer with which a process starts, and nothing that follows. */
    final void tick(String process) {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey(process)
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
    }

    /** The one instance that an action starts. */
    final String begun(String process, Runnable action) {
        Set<String> before = instances(process);
        action.run();
        Set<String> begun = new TreeSet<>(instances(process));
        begun.removeAll(before);
        assertThat(begun).as("instances of " + process).hasSize(1);
        return begun.iterator().next();
    }

    private Set<String> instances(String process) {
        Set<String> instances = new TreeSet<>();
        stand.runtime.createProcessInstanceQuery().processDefinitionKey(process).list().stream()
                .map(Execution::getProcessInstanceId)
                .forEach(instances::add);
        return instances;
    }
}
