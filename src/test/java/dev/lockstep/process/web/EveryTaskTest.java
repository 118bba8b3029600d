package dev.lockstep.process.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Each user task of each shipped model takes the fields of its form and nothing else, even from an administrator. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:every-task",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.models-dir=target/no-models",
            "camunda.bpm.job-execution.enabled=false"
        })
class EveryTaskTest {

    private static final String PASSWORD = "long enough to pass";
    private static final String WHO = "boss";
    private static final String CREDENTIAL = "test/shop/pg/orders";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-zA-Z]+)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private final int port;
    private final ProcessEngine engine;
    private final UserAdministration administration;
    private final People people;
    private String instance = "";

    EveryTaskTest(
            @LocalServerPort int port,
            @Autowired ProcessEngine engine,
            @Autowired UserAdministration administration,
            @Autowired People people) {
        this.port = port;
        this.engine = engine;
        this.administration = administration;
        this.people = people;
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
    }

    static Stream<Arguments> tasks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList().stream()
                    .flatMap(EveryTaskTest::tasksOf);
        }
    }

    private static Stream<Arguments> tasksOf(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        String process =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        return model.getModelElementsByType(UserTask.class).stream()
                .map(task -> arguments(process, task.getId(), task.getCamundaFormRef()));
    }

    @BeforeEach
    void somebody_may_do_everything() {
        if (people.find(WHO).isEmpty()) {
            administration.create("test", WHO, "The boss", SecretValue.of(PASSWORD), Set.of(Role.values()));
        }
    }

    @AfterEach
    void clean() {
        if (!instance.isEmpty()
                && engine.getRuntimeService()
                                .createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .count()
                        > 0) {
            engine.getRuntimeService().deleteProcessInstance(instance, "the test is over");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tasks")
    void a_task_takes_the_fields_of_its_form_and_nothing_else(String process, String activity, String form)
            throws IOException {
        instance = waitingAt(process, activity);
        String task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(activity)
                .singleResult()
                .getId();
        Map<String, Object> before = engine.getRuntimeService().getVariables(instance);
        Map<String, Object> fields = fields(form);

        for (Map<String, Object> smuggled :
                List.<Map<String, Object>>of(Map.of("approved", true), Map.of("credential", "prod/shop/pg/orders"))) {
            Map<String, Object> answers = new HashMap<>(fields);
            answers.putAll(smuggled);
            for (String way : List.of("complete", "submit-form", "resolve")) {
                refused(400, "POST", "/task/" + task + "/" + way, Map.of("variables", typed(answers)));
            }
            refused(403, "POST", "/task/" + task + "/variables", Map.of("modifications", typed(smuggled)));
            refused(403, "POST", "/task/" + task + "/localVariables", Map.of("modifications", typed(smuggled)));
            refused(
                    403,
                    "POST",
                    "/process-instance/" + instance + "/variables",
                    Map.of("modifications", typed(smuggled)));
            refused(
                    403,
                    "POST",
                    "/process-instance/" + instance + "/modification",
                    Map.of(
                            "instructions",
                            List.of(Map.of(
                                    "type",
                                    "startBeforeActivity",
                                    "activityId",
                                    activity,
                                    "variables",
                                    local(smuggled)))));
        }
        assertThat(engine.getRuntimeService().getVariables(instance)).isEqualTo(before);
        assertThat(engine.getTaskService().createTaskQuery().taskId(task).count())
                .isEqualTo(1);

        HttpResponse<String> answer = send("POST", "/task/" + task + "/complete", Map.of("variables", typed(fields)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(engine.getTaskService().createTaskQuery().taskId(task).count())
                .isZero();
    }

    @Test
    void a_start_form_takes_its_fields_and_nothing_else() throws IOException {
        Map<String, Object> answers = new HashMap<>(fields("request-credential"));
        answers.put("approved", true);

        refused(
                400,
                "POST",
                "/process-definition/key/issuance-request/submit-form",
                Map.of("variables", typed(answers)));
        refused(403, "POST", "/process-definition/key/issuance-request/start", Map.of("variables", typed(answers)));
    }

    private void refused(int status, String method, String way, Map<String, Object> body) throws IOException {
        HttpResponse<String> answer = send(method, way, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", way, body, answer.body())
                .isEqualTo(status);
    }

    private HttpResponse<String> send(String method, String way, Map<String, Object> body) throws IOException {
        return new Visitor(port).basic(WHO, PASSWORD).json(method, "/engine-rest" + way, JSON.writeValueAsString(body));
    }

    /** As after the steps that come before: whatever the model asks for has some value. */
    private String waitingAt(String process, String activity) throws IOException {
        Map<String, Object> known = new HashMap<>(Map.of("credential", CREDENTIAL));
        Matcher names = VARIABLE.matcher(Files.readString(Path.of("processes", process + ".bpmn")));
        while (names.find()) {
            known.putIfAbsent(names.group(1), some(names.group(1)));
        }
        return engine.getRuntimeService()
                .createProcessInstanceByKey(process)
                .startBeforeActivity(activity)
                .setVariables(known)
                .execute()
                .getId();
    }

    private static Object some(String name) {
        if (name.endsWith("Due") || name.endsWith("Until")) {
            return Date.from(Instant.now().plus(Duration.ofDays(1)));
        }
        return name.endsWith("Group") ? "operators" : "PT1H";
    }

    /** An acceptable answer for each field that people may fill in. */
    private static Map<String, Object> fields(String form) throws IOException {
        Map<String, Object> answers = new HashMap<>();
        for (JsonNode field :
                JSON.readTree(Path.of("forms", form + ".form").toFile()).path("components")) {
            boolean asked = field.has("key")
                    && !field.path("disabled").asBoolean()
                    && !field.path("readonly").asBoolean();
            if (asked && field.path("validate").path("required").asBoolean()) {
                answers.put(
                        field.path("key").asText(),
                        field.has("values")
                                ? field.path("values").path(0).path("value").asText()
                                : "some text");
            }
        }
        return answers;
    }

    private static Map<String, Object> typed(Map<String, Object> plain) {
        Map<String, Object> typed = new HashMap<>();
        plain.forEach((name, value) -> typed.put(name, Map.of("value", value)));
        return typed;
    }

    private static Map<String, Object> local(Map<String, Object> plain) {
        Map<String, Object> typed = new HashMap<>();
        plain.forEach((name, value) -> typed.put(name, Map.of("value", value, "local", true)));
        return typed;
    }
}
