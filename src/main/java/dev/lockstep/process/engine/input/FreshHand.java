package dev.lockstep.process.engine.input;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.StepUp;
import java.util.function.LongFunction;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/** Asks who completes a task, or leads an instance past one, for a fresh second factor where that is configured. */
public final class FreshHand {

    private static final String OPERATION = "operation";

    private final LongFunction<String> environments;
    private final StepUp stepUp;

    /** @param environments of the credential that the operation of that number is about */
    public FreshHand(LongFunction<String> environments, StepUp stepUp) {
        this.environments = environments;
        this.stepUp = stepUp;
    }

    /** @throws AuthorizationException when the person has to confirm first */
    void check(TaskEntity task) {
        stepUp.objection(environment(task)).ifPresent(FreshHand::refuse);
    }

    /** @throws AuthorizationException as above */
    void checkDetour(Command<?> command, CommandContext context) {
        Detours.instances(command).stream()
                .flatMap(instance -> context.getTaskManager().findTasksByProcessInstanceId(instance).stream())
                .forEach(this::check);
    }

    private @Nullable String environment(TaskEntity task) {
        if (task.getVariable(OPERATION) instanceof Number operation) {
            return environments.apply(operation.longValue());
        }
        String about = task.getProcessInstance() == null
                ? null
                : task.getProcessInstance().getBusinessKey();
        return about == null
                ? null
                : CredentialName.find(about).map(CredentialName::environment).orElse(null);
    }

    private static void refuse(String sentence) {
        throw new AuthorizationException(sentence);
    }
}
