package dev.lockstep.process.engine.input;

import dev.lockstep.process.engine.expression.EngineField;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.dmn.cmd.EvaluateDecisionCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.EvaluateDecisionTableCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Lets a logged-in person complete a task, or start a process, with the fields that its form declares, and set
 * variables in no other way. Lockstep's own work is not held up: it has no login of the engine, or runs inside a
 * command that was let through.
 */
public final class DeclaredInputGuard extends CommandInterceptor {

    private static final EngineField<String> COMPLETED = new EngineField<>(CompleteTaskCmd.class, "taskId");
    private static final EngineField<Map<String, @Nullable Object>> COMPLETED_WITH =
            new EngineField<>(CompleteTaskCmd.class, "variables");
    private static final EngineField<String> SUBMITTED = new EngineField<>(SubmitTaskFormCmd.class, "taskId");
    private static final EngineField<Map<String, @Nullable Object>> SUBMITTED_WITH =
            new EngineField<>(SubmitTaskFormCmd.class, "properties");

    /** How many commands are under way in this thread, over both chains of interceptors. */
    private static final ThreadLocal<Integer> DEPTH = new ThreadLocal<>();

    private final FourEyes fourEyes;
    private final FreshHand freshHand;

    /**
     * @param fourEyes who may not complete which task
     * @param freshHand who has to confirm first
     */
    public DeclaredInputGuard(FourEyes fourEyes, FreshHand freshHand) {
        this.fourEyes = fourEyes;
        this.freshHand = freshHand;
    }

    @Override
    public <T> T execute(Command<T> command) {
        Integer depth = DEPTH.get();
        if (depth != null) {
            return next.execute(command);
        }
        DEPTH.set(1);
        try {
            CommandContext context = Context.getCommandContext();
            if (context.getAuthenticatedUserId() != null) {
                check(command, context);
            }
            return next.execute(command);
        } finally {
            DEPTH.remove();
        }
    }

    private void check(Command<?> command, CommandContext context) {
        fourEyes.checkDetour(command, context);
        freshHand.checkDetour(command, context);
        if (command instanceof CompleteTaskCmd) {
            complaint(COMPLETED.of(command), COMPLETED_WITH.of(command), context)
                    .ifPresent(complaint -> {
                        throw refusal(command, complaint);
                    });
        } else if (command instanceof SubmitTaskFormCmd) {
            complaint(SUBMITTED.of(command), SUBMITTED_WITH.of(command), context)
                    .ifPresent(complaint -> {
                        throw refusal(command, complaint);
                    });
        } else if (command instanceof SubmitStartFormCmd start && DeclaredStart.hasForm(start, context)) {
            DeclaredStart.complaint(start, context).ifPresent(complaint -> {
                throw new FormFieldValidationException("form", complaint);
            });
        } else if (!(command instanceof EvaluateDecisionCmd) && !(command instanceof EvaluateDecisionTableCmd)) {
            Set<String> names = VariablePayload.names(command);
            if (!names.isEmpty()) {
                throw new AuthorizationException("the variables " + names
                        + " are refused: a process gets its variables from its steps and from the forms of its tasks");
            }
        }
    }

    private Optional<String> complaint(
            @Nullable String taskId, @Nullable Map<String, @Nullable Object> answers, CommandContext context) {
        TaskEntity task = taskId == null ? null : context.getTaskManager().findTaskById(taskId);
        if (task == null) {
            return Optional.empty();
        }
        context.getProcessEngineConfiguration().getCommandCheckers().forEach(checker -> checker.checkTaskWork(task));
        fourEyes.check(task, context.getAuthenticatedUserId());
        freshHand.check(task);
        return fields(task, context).complaint(plain(answers), task::getVariable);
    }

    /**
     * The REST interface turns the one into a bad request where a task is completed, the other where it is resolved.
     */
    private static ProcessEngineException refusal(Command<?> command, String complaint) {
        return command instanceof ResolveTaskCmd
                ? new BadUserRequestException(complaint)
                : new FormFieldValidationException("form", complaint);
    }

    private static FormFields fields(TaskEntity task, CommandContext context) {
        task.initializeFormKey();
        if (task.getFormKey() == null && task.getCamundaFormRef() == null) {
            return FormFields.NONE;
        }
        InputStream form = context.runWithoutAuthorization(new GetDeployedTaskFormCmd(task.getId()));
        return FormFields.read(form);
    }

    /** The answers as they would become variables; one that is no plain value stands for itself and fits no field. */
    static Map<String, @Nullable Object> plain(@Nullable Map<String, @Nullable Object> answers) {
        Map<String, @Nullable Object> plain = new HashMap<>();
        if (answers instanceof VariableMap typed) {
            typed.keySet().forEach(name -> plain.put(name, valueOf(typed.getValueTyped(name))));
        } else if (answers != null) {
            plain.putAll(answers);
        }
        return plain;
    }

    private static @Nullable Object valueOf(@Nullable TypedValue value) {
        return value instanceof SerializableValue || value == null ? value : value.getValue();
    }
}
