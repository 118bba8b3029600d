package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Escalations;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What is open while others work. */
@ProcessTest
@Import(RotationStand.class)
class OpenTasksTest {

    @Autowired
    RotationStand stand;

    private Operation failed() {
        Credential credential = stand.adopted(Given.policy()
                .attempts(1)
                .escalation(
                        new Policy.Escalation("operators", Duration.ofHours(4), Optional.empty(), Optional.empty())));
        stand.target.fail(
                "apply",
                1,
                () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "the administrator lacks a right"));
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        return operation;
    }

    @Test
    void aTaskThatEndsWhileTheListIsMadeIsNotOnIt() {
        Operation one = failed();
        Operation other = failed();
        Task ends = stand.task(one);
        TaskService tasks = (TaskService) Proxy.newProxyInstance(
                TaskService.class.getClassLoader(), new Class<?>[] {TaskService.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getIdentityLinksForTask")
                            && ends.getId().equals(arguments[0])) {
                        stand.runtime.deleteProcessInstance(ends.getProcessInstanceId(), "somebody did it");
                    }
                    try {
                        return method.invoke(stand.tasks, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });

        assertThat(new OpenTasks(tasks, stand.runtime).open(1000, task -> true))
                .extracting(Escalations.Task::operation)
                .contains(other.id())
                .doesNotContain(one.id());
    }
}
