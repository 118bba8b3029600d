package dev.lockstep.process.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

/** Somebody with every role decides about their own request, by every way into the engine's REST interface. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:four-eyes",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.deploy-models=false",
            "camunda.bpm.job-execution.enabled=false"
        })
class FourEyesTest {

    private static final String PASSWORD = "long enough to pass";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    private static Path folder;

    private final int port;
    private final ProcessEngine engine;
    private final UserAdministration administration;
    private final Inventory inventory;
    private final Operations operations;
    private final AuditReview trail;
    private WaitingApproval waiting;
    private String definition = "";
    private String instance = "";
    private String task = "";

    FourEyesTest(
            @LocalServerPort int port,
            @Autowired ProcessEngine engine,
            @Autowired UserAdministration administration,
            @Autowired Inventory inventory,
            @Autowired Operations operations,
            @Autowired AuditReview trail) {
        this.port = port;
        this.engine = engine;
        this.administration = administration;
        this.inventory = inventory;
        this.operations = operations;
        this.trail = trail;
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
    }

    @BeforeEach
    void a_request_of_the_boss_waits_for_approval() {
        if (NAMES.get() == 0) {
            administration.create("test", "boss", "The boss", SecretValue.of(PASSWORD), Set.of(Role.values()));
            administration.create("test", "peer", "A peer", SecretValue.of(PASSWORD), Set.of(Role.APPROVER));
        }
        CredentialName name = CredentialName.of("prod/shop/pg/orders-" + NAMES.incrementAndGet());
        waiting = WaitingApproval.ofRotation(engine, inventory, operations, name, "boss");
        instance = waiting.instance();
        definition = waiting.definition();
        task = waiting.task();
    }

    @AfterEach
    void clean() {
        waiting.remove();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /task/TASK/complete                            | {"variables":{"decision":{"value":"approve"}}}
            POST   | /task/TASK/submit-form                         | {"variables":{"decision":{"value":"approve"}}}
            POST   | /task/TASK/resolve                             | {"variables":{"decision":{"value":"approve"}}}
            POST   | /task/TASK/variables                           | {"modifications":{"decision":{"value":"approve"}}}
            PUT    | /task/TASK/variables/decision                  | {"value":"approve"}
            PUT    | /task/TASK/localVariables/decision             | {"value":"approve"}
            DELETE | /task/TASK/variables/operation                 | {}
            POST   | /process-instance/INSTANCE/variables           | {"modifications":{"decision":{"value":"approve"}}}
            PUT    | /process-instance/INSTANCE/variables/operation | {"value":0,"type":"Long"}
            POST   | /process-instance/variables-async              | {"processInstanceIds":["INSTANCE"],"variables":{"decision":{"value":"approve"}}}
            POST   | /process-instance/INSTANCE/modification        | {"instructions":[{"type":"startAfterActivity","activityId":"n"}]}
            POST   | /process-instance/INSTANCE/modification        | {"skipCustomListeners":true,"instructions":[{"type":"cancel","activityId":"n"},{"type":"startBeforeActivity","activityId":"e"}]}
            POST   | /process-instance/INSTANCE/modification-async  | {"instructions":[{"type":"startAfterActivity","activityId":"n"}]}
            POST   | /modification/execute                          | {"processDefinitionId":"DEFINITION","processInstanceIds":["INSTANCE"],"instructions":[{"type":"startAfterActivity","activityId":"n"}]}
            POST   | /modification/executeAsync                     | {"processDefinitionId":"DEFINITION","processInstanceIds":["INSTANCE"],"instructions":[{"type":"startAfterActivity","activityId":"n"}]}
            POST   | /process-definition/DEFINITION/restart         | {"processInstanceIds":["INSTANCE"],"instructions":[{"type":"startAfterActivity","activityId":"n"}]}
            POST   | /message                                       | {"messageName":"approved","processInstanceId":"INSTANCE","processVariables":{"decision":{"value":"approve"}}}
            DELETE | /process-instance/INSTANCE                     | {}
            POST   | /process-instance/delete                       | {"processInstanceIds":["INSTANCE"]}
            """)
    void the_requester_is_refused_on_every_way_and_it_is_written_down(String method, String path, String body) {
        String way = "/engine-rest" + named(path);
        HttpResponse<String> answer = new Visitor(port).basic("boss", PASSWORD).json(method, way, named(body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(trail.entries(new AuditReview.Filter(way, null), null, 1)).hasSize(1);
        assertThat(engine.getRuntimeService().getVariables(instance)).containsOnlyKeys("credential", "operation");
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .taskId(task)
                        .active()
                        .count())
                .isEqualTo(1);
    }

    private String named(String text) {
        return text.replace("TASK", task).replace("INSTANCE", instance).replace("DEFINITION", definition);
    }

    @Test
    void handing_it_to_somebody_and_back_makes_it_no_other_request() {
        Visitor boss = new Visitor(port).basic("boss", PASSWORD);
        String way = "/engine-rest/task/" + task;
        boss.json("POST", way + "/claim", "{\"userId\":\"boss\"}");
        boss.json("POST", way + "/delegate", "{\"userId\":\"peer\"}");
        new Visitor(port).basic("peer", PASSWORD).json("POST", way + "/resolve", "{}");
        boss.json("POST", way + "/assignee", "{\"userId\":\"peer\"}");

        assertThat(boss.json("POST", way + "/complete", "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void somebody_else_decides() {
        HttpResponse<String> answer = new Visitor(port)
                .basic("peer", PASSWORD)
                .json(
                        "POST",
                        "/engine-rest/task/" + task + "/complete",
                        "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    @Test
    void an_instance_that_waits_for_no_such_decision_may_be_moved_by_who_administers_the_engine() {
        engine.getTaskService().complete(task, Map.of("decision", "approve"));
        WaitingApproval plain = WaitingApproval.ofAnybody(engine, "prod/shop/pg/orders");

        HttpResponse<String> answer = new Visitor(port)
                .basic("boss", PASSWORD)
                .json(
                        "POST",
                        "/engine-rest/process-instance/" + plain.instance() + "/modification",
                        "{\"instructions\":[{\"type\":\"cancel\",\"activityId\":\"n\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        plain.remove();
    }
}
