package dev.lockstep.process.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.process.engine.EngineTest;
import dev.lockstep.process.engine.rules.Models;
import dev.lockstep.process.engine.rules.TestBeans;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What happens when an expression is evaluated that no rule has looked at before. */
@EngineTest
@Import(TestBeans.class)
class ExpressionGuardTest {

    @Autowired
    ProcessEngine engine;

    ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    Object evaluate(String expression) {
        return configuration()
                .getCommandExecutorTxRequired()
                .execute(context -> configuration()
                        .getExpressionManager()
                        .createExpression(expression)
                        .getValue(StartProcessVariableScope.getSharedInstance()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${''.getClass()}",
                "${''.class}",
                "${''.getClass().forName('java.lang.Runtime').getRuntime()}",
                "${'a'.concat('b')}",
                "${grace.getClass()}",
                "${grace.class.classLoader}",
                "${grace['class']}",
                "${hidden.reach()}",
                "${dataSource}",
                "${environment}",
                "${processEngine.runtimeService}"
            })
    void reflection_methods_of_data_and_hidden_beans_are_refused(String expression) {
        int before = TestBeans.REACHED.get();
        assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(ProcessEngineException.class);
        assertThat(TestBeans.REACHED).hasValue(before);
    }

    @ParameterizedTest
    @CsvSource({"${1 + 1},2", "${'a' == 'a'},true", "${grace.over('x')},false", "${empty null ? 'x' : 'y'},x"})
    void comparing_and_calling_beans_of_models_works(String expression, String value) {
        assertThat(evaluate(expression)).hasToString(value);
    }

    @Test
    void a_variable_cannot_pose_as_a_bean() {
        String model = Models.bpmn("<bpmn:startEvent id=\"s\"/>"
                + "<bpmn:serviceTask id=\"n\" camunda:delegateExpression=\"${quietDelegate}\"/>"
                + "<bpmn:userTask id=\"u\"/>" + Models.flow("s", "n") + Models.flow("n", "u"));
        String deployment = engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", model)
                .deploy()
                .getId();
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("p", Map.of("quietDelegate", "posing"))
                .getId();
        assertThat(engine.getRuntimeService().getVariable(instance, "ran")).isEqualTo(true);
        engine.getRepositoryService().deleteDeployment(deployment, true);
    }

    @Test
    void there_is_no_scripting_language() {
        ScriptEngineResolver scripts = configuration().getScriptEngineResolver();
        for (String language : List.of("javascript", "groovy", "juel", "ECMAScript", "python")) {
            assertThat(scripts.getScriptEngine(language, true)).as(language).isNull();
        }
        assertThat(configuration().getBeans()).isEqualTo(Map.of());
    }
}
