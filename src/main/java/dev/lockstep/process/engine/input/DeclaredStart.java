package dev.lockstep.process.engine.input;

import dev.lockstep.process.engine.expression.EngineField;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cmd.GetDeployedStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.form.FormDefinition;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;

/** What a person may bring along when starting a process through its form. */
final class DeclaredStart {

    private static final EngineField<String> DEFINITION =
            new EngineField<>(SubmitStartFormCmd.class, "processDefinitionId");
    private static final EngineField<Map<String, @Nullable Object>> ANSWERS =
            new EngineField<>(SubmitStartFormCmd.class, "variables");

    private DeclaredStart() {}

    /** Whether the process has a form to be started with; without one it takes no answers at all. */
    static boolean hasForm(SubmitStartFormCmd command, CommandContext context) {
        String id = DEFINITION.of(command);
        FormDefinition form = id == null ? null : definition(id, context).getStartFormDefinition();
        return form != null && (form.getFormKey() != null || form.getCamundaFormDefinitionKey() != null);
    }

    /** What is wrong with the answers to the form; empty when they are acceptable. */
    static Optional<String> complaint(SubmitStartFormCmd command, CommandContext context) {
        String id = String.valueOf(DEFINITION.of(command));
        ProcessDefinitionEntity definition = definition(id, context);
        context.getProcessEngineConfiguration()
                .getCommandCheckers()
                .forEach(checker -> checker.checkCreateProcessInstance(definition));
        InputStream form = context.runWithoutAuthorization(new GetDeployedStartFormCmd(id));
        return FormFields.read(form).complaint(DeclaredInputGuard.plain(ANSWERS.of(command)), name -> null);
    }

    private static ProcessDefinitionEntity definition(String id, CommandContext context) {
        return context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
    }
}
