package dev.lockstep.process.engine.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockstep.process.engine.EngineTest;
import dev.lockstep.process.engine.rules.Models;
import dev.lockstep.process.engine.rules.TestBeans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@EngineTest
@Import(TestBeans.class)
class DeclaredInputTest {

    private static final Map<String, Object> SMUGGLED = Map.of("approved", true, "credential", "prod/other");

    @Autowired
    ProcessEngine engine;

    RuntimeService runtime;
    TaskService tasks;
    String instance = "";
    String task = "";

    @BeforeEach
    void an_instance_waits_for_approval_and_eve_may_do_everything() {
        runtime = engine.getRuntimeService();
        tasks = engine.getTaskService();
        AuthorizationService authorizations = engine.getAuthorizationService();
        for (Resources resource : Resources.values()) {
            Authorization all = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            all.setUserId("eve");
            all.setResource(resource);
            all.setResourceId(Authorization.ANY);
            all.addPermission(Permissions.ALL);
            authorizations.saveAuthorization(all);
        }
        engine.getRepositoryService()
                .createDeployment()
                .addString("approve.form", ApprovalModel.FORM)
                .addString("p.bpmn", ApprovalModel.BPMN)
                .deploy();
        instance = runtime.startProcessInstanceByKey("p", Map.of("credential", "prod/mine", "target", "pg"))
                .getId();
        task = tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        engine.getIdentityService().setAuthentication("eve", List.of());
    }

    @AfterEach
    void nothing_is_left() {
        engine.getIdentityService().clearAuthentication();
        engine.getRepositoryService()
                .createDeploymentQuery()
                .list()
                .forEach(it -> engine.getRepositoryService().deleteDeployment(it.getId(), true));
        engine.getAuthorizationService()
                .createAuthorizationQuery()
                .list()
                .forEach(it -> engine.getAuthorizationService().deleteAuthorization(it.getId()));
    }

    Map<String, Object> variables() {
        engine.getIdentityService().clearAuthentication();
        return runtime.getVariables(instance);
    }

    boolean waits() {
        engine.getIdentityService().clearAuthentication();
        return tasks.createTaskQuery().taskId(task).count() == 1;
    }

    @Test
    void declared_answers_complete_the_task_and_the_steps_behind_it_may_set_variables() {
        tasks.complete(task, Map.of("decision", "approve", "comment", "fine", "hours", 2, "urgent", true));
        assertThat(variables()).containsEntry("decision", "approve").containsEntry("ran", true);
    }

    @Test
    void shown_fields_may_come_back_unchanged_as_the_task_list_sends_them() {
        Map<String, Object> answers = new HashMap<>(Map.of("decision", "approve", "credential", "prod/mine"));
        answers.put("comment", null);
        engine.getFormService().submitTaskForm(task, answers);
        assertThat(variables()).containsEntry("credential", "prod/mine");
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                arguments(
                        Map.of("decision", "approve", "approved", true),
                        "'approved' is not a field of this task's form"),
                arguments(Map.of("decision", "approve", "credential", "prod/other"), "'credential' is only shown"),
                arguments(Map.of("decision", "approve", "target", "other"), "'target' is only shown"),
                arguments(Map.of("decision", "approve", "nested", "x"), "'nested' is not a field"),
                arguments(Map.of("decision", "maybe"), "'decision' must be one of [approve, decline]"),
                arguments(Map.of("decision", true), "'decision' must be one of [approve, decline]"),
                arguments(Map.of(), "'decision' needs an answer"),
                arguments(Map.of("decision", ""), "'decision' needs an answer"),
                arguments(Map.of("decision", "approve", "comment", "x".repeat(21)), "longer than 20 characters"),
                arguments(Map.of("decision", "approve", "comment", 7), "'comment' must be a text"),
                arguments(Map.of("decision", "approve", "hours", "two"), "'hours' must be a number"),
                arguments(Map.of("decision", "approve", "urgent", "yes"), "'urgent' must be true or false"),
                arguments(
                        Map.of(
                                "decision",
                                "approve",
                                "comment",
                                Variables.serializedObjectValue("{}")
                                        .serializationDataFormat("application/json")
                                        .objectTypeName("java.util.HashMap")
                                        .create()),
                        "'comment' must be a text"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void other_answers_are_refused_on_every_way_to_complete_a_task(Map<String, Object> answers, String sentence) {
        Stream.<ThrowingCallable>of(
                        () -> tasks.complete(task, Variables.fromMap(answers)),
                        () -> tasks.completeWithVariablesInReturn(task, Variables.fromMap(answers), false),
                        () -> tasks.resolveTask(task, Variables.fromMap(answers)),
                        () -> engine.getFormService().submitTaskForm(task, Variables.fromMap(answers)))
                .forEach(way -> assertThatThrownBy(way)
                        .isInstanceOfAny(FormFieldValidationException.class, BadUserRequestException.class)
                        .hasMessageContaining(sentence));
        assertThat(waits()).isTrue();
        assertThat(variables()).containsOnly(Map.entry("credential", "prod/mine"), Map.entry("target", "pg"));
    }

    Stream<ThrowingCallable> waysAround() {
        String execution = tasks.createTaskQuery().taskId(task).singleResult().getExecutionId();
        return Stream.of(
                () -> tasks.setVariables(task, SMUGGLED),
                () -> tasks.setVariablesLocal(task, SMUGGLED),
                () -> tasks.setVariable(task, "approved", true),
                () -> tasks.removeVariable(task, "credential"),
                () -> ((TaskServiceImpl) tasks).updateVariables(task, SMUGGLED, List.of()),
                () -> ((TaskServiceImpl) tasks).updateVariables(task, Map.of(), List.of("credential")),
                () -> tasks.handleBpmnError(task, "code", "message", SMUGGLED),
                () -> tasks.handleEscalation(task, "code", SMUGGLED),
                () -> runtime.setVariables(execution, SMUGGLED),
                () -> runtime.setVariablesLocal(instance, SMUGGLED),
                () -> runtime.removeVariable(instance, "credential"),
                () -> runtime.setVariablesAsync(List.of(instance), SMUGGLED),
                () -> runtime.signal(execution, SMUGGLED),
                () -> runtime.createProcessInstanceModification(instance)
                        .startBeforeActivity("q")
                        .setVariables(SMUGGLED)
                        .execute(),
                () -> runtime.createProcessInstanceModification(instance)
                        .startBeforeActivity("q")
                        .setVariablesLocal(SMUGGLED)
                        .executeAsync(),
                () -> runtime.createMessageCorrelation("m")
                        .setVariables(SMUGGLED)
                        .correlateAll(),
                () -> runtime.createMessageCorrelation("m")
                        .setVariablesLocal(SMUGGLED)
                        .correlate(),
                () -> runtime.createMessageCorrelation("m")
                        .setVariablesToTriggeredScope(SMUGGLED)
                        .correlate(),
                () -> runtime.createMessageCorrelationAsync("m")
                        .processInstanceIds(List.of(instance))
                        .setVariables(SMUGGLED)
                        .correlateAllAsync(),
                () -> runtime.messageEventReceived("m", execution, SMUGGLED),
                () -> runtime.signalEventReceived("x", SMUGGLED),
                () -> runtime.createSignalEvent("x").setVariables(SMUGGLED).send(),
                () -> runtime.createConditionEvaluation().setVariables(SMUGGLED).evaluateStartConditions(),
                () -> runtime.startProcessInstanceByKey("p", SMUGGLED),
                () -> runtime.createProcessInstanceByKey("p")
                        .startBeforeActivity("q")
                        .setVariables(SMUGGLED)
                        .execute(),
                () -> engine.getFormService().submitStartForm(definition(), SMUGGLED),
                () -> engine.getExternalTaskService().complete("1", "worker", SMUGGLED),
                () -> engine.getExternalTaskService().handleBpmnError("1", "worker", "code", "message", SMUGGLED),
                () -> runtime.newMigration(runtime.createMigrationPlan(definition(), definition())
                                .mapEqualActivities()
                                .setVariables(SMUGGLED)
                                .build())
                        .processInstanceIds(instance)
                        .execute());
    }

    String definition() {
        return engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .latestVersion()
                .singleResult()
                .getId();
    }

    @Test
    void variables_are_refused_on_every_other_way_into_a_process() {
        waysAround()
                .forEach(way -> assertThatThrownBy(way)
                        .isInstanceOf(AuthorizationException.class)
                        .hasMessageContaining(
                                "a process gets its variables from its steps and from the forms of its tasks"));
        assertThat(waits()).isTrue();
        assertThat(variables()).containsOnly(Map.entry("credential", "prod/mine"), Map.entry("target", "pg"));
    }

    @Test
    void a_task_without_form_takes_no_variables() {
        tasks.complete(task, Map.of("decision", "approve"));
        String second =
                tasks.createTaskQuery().taskDefinitionKey("done").singleResult().getId();
        assertThatThrownBy(() -> tasks.complete(second, SMUGGLED)).hasMessageContaining("which has none");
        tasks.complete(second);
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void a_start_form_takes_what_it_declares_and_nothing_else() {
        String asking = ApprovalModel.BPMN
                .replace(
                        "<bpmn:startEvent id=\"s\"/>",
                        "<bpmn:startEvent id=\"s\" camunda:formRef=\"ask\"" + " camunda:formRefBinding=\"latest\"/>")
                .replace("id=\"p\"", "id=\"asking\"");
        engine.getRepositoryService()
                .createDeployment()
                .addString(
                        "ask.form",
                        ApprovalModel.FORM.replace("\"approve\"", "\"ask\"").replace("\"ask\"}", "\"x\"}"))
                .addString("approve.form", ApprovalModel.FORM)
                .addString("asking.bpmn", asking)
                .deploy();
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("asking")
                .singleResult()
                .getId();

        assertThatThrownBy(() -> engine.getFormService()
                        .submitStartForm(definition, Map.of("decision", "decline", "approved", true)))
                .hasMessageContaining("'approved' is not a field");
        assertThatThrownBy(() -> runtime.startProcessInstanceById(definition, Map.of("decision", "decline")))
                .isInstanceOf(AuthorizationException.class);
        String started = engine.getFormService()
                .submitStartForm(definition, Map.of("decision", "decline", "comment", "please"))
                .getId();

        engine.getIdentityService().clearAuthentication();
        assertThat(runtime.getVariables(started))
                .containsOnly(Map.entry("decision", "decline"), Map.entry("comment", "please"));
    }

    @Test
    void work_of_lockstep_itself_is_not_restricted() {
        engine.getIdentityService().clearAuthentication();
        runtime.setVariables(instance, Map.of("free", true));
        tasks.complete(task, Map.of("decision", "approve", "internal", 1));
        assertThat(variables()).containsEntry("internal", 1).containsEntry("free", true);
    }

    @Test
    void a_dispatched_process_is_not_started_by_a_person() {
        String dispatched = Models.bpmn(
                        "<camunda:properties><camunda:property name=\"lockstep.start\" value=\"dispatched\"/>"
                                + "<camunda:property name=\"lockstep.recovery\" value=\"n\"/></camunda:properties>",
                        Models.around("<bpmn:userTask id=\"n\"/>"))
                .replace("id=\"p\"", "id=\"dispatched\"");
        engine.getRepositoryService()
                .createDeployment()
                .addString("dispatched.bpmn", dispatched)
                .deploy();
        Stream.<ThrowingCallable>of(
                        () -> runtime.startProcessInstanceByKey("dispatched"),
                        () -> runtime.createProcessInstanceByKey("dispatched")
                                .startBeforeActivity("n")
                                .execute())
                .forEach(start -> assertThatThrownBy(start)
                        .isInstanceOf(AuthorizationException.class)
                        .hasMessageContaining("started by Lockstep's dispatcher only"));
        engine.getIdentityService().clearAuthentication();
        assertThat(runtime.startProcessInstanceByKey("dispatched").isEnded()).isFalse();
    }
}
