package dev.lockstep.process.engine.input;

import dev.lockstep.process.ModelProperties;
import java.util.function.LongFunction;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Keeps people from deciding about their own requests: a task with the property {@code lockstep.four-eyes} is completed
 * by somebody else than the requester of its operation, and nobody gets around it.
 */
public final class FourEyes {

    /** The property of a task that nobody completes for a request of their own. */
    public static final String PROPERTY = "lockstep.four-eyes";

    private static final String OPERATION = "operation";

    private final LongFunction<String> requesters;

    /** @param requesters the user who asked for the operation of that number */
    public FourEyes(LongFunction<String> requesters) {
        this.requesters = requesters;
    }

    /** @throws AuthorizationException when the person has asked for what is to be decided */
    void check(TaskEntity task, String person) {
        if (wanted(task)
                && task.getVariable(OPERATION) instanceof Number operation
                && person.equals(requesters.apply(operation.longValue()))) {
            throw new AuthorizationException("the task '" + task.getName()
                    + "' is completed by somebody else than the requester: nobody decides about their own request");
        }
    }

    /**
     * Keeps people from leading an instance past such a task, or from ending it there: it is answered, or the request
     * taken back.
     *
     * @throws AuthorizationException when the command would do so
     */
    void checkDetour(Command<?> command, CommandContext context) {
        if (Detours.isWholesale(command)) {
            throw new AuthorizationException(
                    "instances are moved and ended one by one, so that it shows what each of them waits for");
        }
        for (String instance : Detours.instances(command)) {
            context.getTaskManager().findTasksByProcessInstanceId(instance).stream()
                    .filter(FourEyes::wanted)
                    .findFirst()
                    .ifPresent(task -> {
                        throw new AuthorizationException("the task '" + task.getName()
                                + "' waits for a decision, and there is no way past it: complete it, or take the"
                                + " request back");
                    });
        }
    }

    private static boolean wanted(TaskEntity task) {
        UserTask element = task.getBpmnModelElementInstance();
        return element != null && "true".equals(ModelProperties.of(element, PROPERTY));
    }
}
