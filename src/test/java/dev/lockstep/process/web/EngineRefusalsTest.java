package dev.lockstep.process.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.People;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every way into the engine's REST interface, tried by people who may not decide: the whole application runs. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:engine-refusals",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.deploy-models=false",
            "camunda.bpm.job-execution.enabled=false"
        })
class EngineRefusalsTest {

    private static final String PASSWORD = "long enough to pass";

    @TempDir
    private static Path folder;

    private final int port;
    private final ProcessEngine engine;
    private final UserAdministration administration;
    private final People people;
    private final AuditReview trail;
    private WaitingApproval waiting;
    private String instance = "";
    private String task = "";

    EngineRefusalsTest(
            @LocalServerPort int port,
            @Autowired ProcessEngine engine,
            @Autowired UserAdministration administration,
            @Autowired People people,
            @Autowired AuditReview trail) {
        this.port = port;
        this.engine = engine;
        this.administration = administration;
        this.people = people;
        this.trail = trail;
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
    }

    @BeforeEach
    void an_approval_of_prod_waits() {
        person("operator", "operator");
        person("auditor", "auditor");
        person("viewer", "viewer");
        person("approver-test", "approver@test");
        person("approver-prod", "approver@prod");
        person("approver", "approver");
        waiting = WaitingApproval.ofAnybody(engine, "prod/shop/pg/orders");
        instance = waiting.instance();
        task = waiting.task();
    }

    @AfterEach
    void clean() {
        waiting.remove();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /task/TASK/complete                           | {"variables":{"decision":{"value":"decline"}}}
            POST   | /task/TASK/submit-form                        | {"variables":{"decision":{"value":"decline"}}}
            POST   | /task/TASK/resolve                            | {}
            POST   | /task/TASK/claim                              | {"userId":"WHO"}
            POST   | /task/TASK/assignee                           | {"userId":"WHO"}
            POST   | /task/TASK/delegate                           | {"userId":"WHO"}
            POST   | /task/TASK/unclaim                            | {}
            POST   | /task/TASK/identity-links                     | {"groupId":"operators","type":"candidate"}
            POST   | /task/TASK/variables                          | {"modifications":{"decision":{"value":"approve"}}}
            PUT    | /task/TASK/variables/decision                 | {"value":"approve"}
            PUT    | /task/TASK/localVariables/decision            | {"value":"approve"}
            DELETE | /task/TASK/variables/credential               | {}
            POST   | /process-instance/INSTANCE/variables          | {"modifications":{"decision":{"value":"approve"}}}
            PUT    | /process-instance/INSTANCE/variables/decision | {"value":"approve"}
            POST   | /process-instance/INSTANCE/modification       | {"instructions":[{"type":"startBeforeActivity","activityId":"e"}]}
            PUT    | /process-instance/INSTANCE/suspended          | {"suspended":true}
            DELETE | /process-instance/INSTANCE                    | {}
            """)
    void who_may_not_decide_is_refused_on_every_way_and_written_down(String method, String path, String body) {
        String way = "/engine-rest" + path.replace("TASK", task).replace("INSTANCE", instance);
        for (String who : List.of("operator", "auditor", "viewer", "approver-test")) {
            HttpResponse<String> answer =
                    new Visitor(port).basic(who, PASSWORD).json(method, way + "?x=hidden", body.replace("WHO", who));

            assertThat(answer.statusCode()).as("%s: %s", who, answer.body()).isEqualTo(403);
        }

        assertThat(trail.entries(new AuditReview.Filter(way, null), null, 100))
                .hasSize(4)
                .allSatisfy(entry -> {
                    assertThat(entry.toString())
                            .contains("access.refused", method)
                            .doesNotContain("hidden")
                            .doesNotContain("approve\"");
                });
        assertThat(engine.getRuntimeService().getVariables(instance)).containsOnlyKeys("credential");
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .taskId(task)
                        .taskUnassigned()
                        .active()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"approver-prod, complete", "approver, complete", "approver-prod, submit-form", "approver, submit-form"})
    void who_may_decide_does_so_and_leaves_no_refusal(String who, String how) {
        Visitor approver = new Visitor(port).basic(who, PASSWORD);
        String way = "/engine-rest/task/" + task;

        assertThat(approver.json("POST", way + "/claim", "{\"userId\":\"" + who + "\"}")
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> answer =
                approver.json("POST", way + "/" + how, "{\"variables\":{\"decision\":{\"value\":\"decline\"}}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(trail.entries(new AuditReview.Filter(way + "/" + how, null), null, 1))
                .isEmpty();
    }

    @Test
    void tasklist_shows_the_task_to_those_who_may_decide_and_refuses_the_others_in_the_same_way() {
        assertThat(seen("approver-prod")).isEqualTo(1);
        assertThat(seen("approver")).isEqualTo(1);
        assertThat(seen("approver-test")).isZero();

        Visitor person = tasklist("approver-test");
        String way = "/camunda/api/engine/engine/default/task/" + task + "/claim";
        assertThat(person.json("POST", way, "{\"userId\":\"approver-test\"}").statusCode())
                .isEqualTo(403);

        assertThat(trail.entries(new AuditReview.Filter(way, null), null, 10)).hasSize(1);
    }

    private int seen(String who) {
        String count = tasklist(who)
                .json("POST", "/camunda/api/engine/engine/default/task/count", "{\"processDefinitionKey\":\"p\"}")
                .body();
        return count.contains("\"count\":1") ? 1 : 0;
    }

    private Visitor tasklist(String who) {
        Visitor person = new Visitor(port).browser();
        person.logIn(who, PASSWORD);
        assertThat(person.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        return person.with("Accept", "application/json").with("X-XSRF-TOKEN", person.cookie("XSRF-TOKEN"));
    }

    private void person(String id, String role) {
        if (people.find(id).isEmpty()) {
            administration.create("test", id, "Somebody", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
            people.change("test", id, null, List.of(role));
        }
    }
}
