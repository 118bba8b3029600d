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
import java.util.List;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Decisions about an environment that needs a fresh second factor, by the ways into the engine's REST interface. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:fresh-hand",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.access.step-up.environments=prod",
            "lockstep.deploy-models=false",
            "camunda.bpm.job-execution.enabled=false"
        })
class FreshHandTest {

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
    private final JdbcClient jdbc;
    private WaitingApproval waiting;
    private String task = "";

    FreshHandTest(
            @LocalServerPort int port,
            @Autowired ProcessEngine engine,
            @Autowired UserAdministration administration,
            @Autowired Inventory inventory,
            @Autowired Operations operations,
            @Autowired AuditReview trail,
            @Autowired JdbcClient jdbc) {
        this.port = port;
        this.engine = engine;
        this.administration = administration;
        this.inventory = inventory;
        this.operations = operations;
        this.trail = trail;
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
    }

    @BeforeEach
    void a_request_waits_for_approval() {
        if (NAMES.get() == 0) {
            administration.create("test", "boss", "The boss", SecretValue.of(PASSWORD), Set.of(Role.values()));
            administration.create("test", "peer", "A peer", SecretValue.of(PASSWORD), Set.of(Role.APPROVER));
        }
        waits("prod");
    }

    private void waits(String environment) {
        CredentialName name = CredentialName.of(environment + "/shop/pg/orders-" + NAMES.incrementAndGet());
        waiting = WaitingApproval.ofRotation(engine, inventory, operations, name, "boss");
        task = waiting.task();
    }

    @AfterEach
    void clean() {
        waiting.remove();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /engine-rest/task/TASK/complete                               | {"variables":{"decision":{"value":"approve"}}}
            /engine-rest/task/TASK/submit-form                            | {"variables":{"decision":{"value":"approve"}}}
            /engine-rest/task/TASK/resolve                                | {"variables":{"decision":{"value":"approve"}}}
            /engine-rest/engine/default/task/TASK/complete                | {"variables":{"decision":{"value":"approve"}}}
            """)
    void without_one_nobody_decides_and_reads_what_to_do(String path, String body) {
        HttpResponse<String> answer =
                new Visitor(port).basic("peer", PASSWORD).json("POST", path.replace("TASK", task), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("give it at /second-factor");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_user_authentication");
        assertThat(trail.entries(new AuditReview.Filter(path.replace("TASK", task), null), null, 1))
                .hasSize(1);
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .taskId(task)
                        .active()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void in_another_environment_nothing_more_is_asked_for() {
        waiting.remove();
        waits("test");

        assertThat(decide(new Visitor(port).basic("peer", PASSWORD)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void who_has_given_one_decides() {
        Visitor peer = new Visitor(port).browser();
        peer.logIn("peer", PASSWORD);
        String token = Visitor.token(peer.get("/second-factor").body());
        peer.with("X-CSRF-TOKEN", token);
        assertThat(decide(peer).statusCode()).isEqualTo(403);

        jdbc.sql("UPDATE access_session SET factor_at = CURRENT_TIMESTAMP").update();

        HttpResponse<String> decided = decide(peer);
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(204);
    }

    @Test
    void tasklist_asks_for_one_as_well() {
        Visitor peer = new Visitor(port).browser();
        peer.logIn("peer", PASSWORD);
        assertThat(peer.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        peer.with("Accept", "application/json").with("X-XSRF-TOKEN", peer.cookie("XSRF-TOKEN"));
        String approve = "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}";
        String tasks = "/camunda/api/engine/engine/default/task/" + task;

        for (String way : List.of("/complete", "/submit-form", "/resolve")) {
            HttpResponse<String> refused = peer.json("POST", tasks + way, approve);
            assertThat(refused.statusCode()).as(way).isEqualTo(403);
            assertThat(refused.body()).contains("give it at /second-factor");
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("insufficient_user_authentication");
        }

        jdbc.sql("UPDATE access_session SET factor_at = CURRENT_TIMESTAMP").update();
        HttpResponse<String> decided = peer.json("POST", tasks + "/submit-form", approve);

        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(204);
    }

    private HttpResponse<String> decide(Visitor person) {
        return person.json(
                "POST",
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}");
    }
}
