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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People whose roles are for one environment or team come to the engine, which knows instances of all of them. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:limited-in-engine",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "camunda.bpm.job-execution.enabled=false"
        })
class LimitedInEngineTest {

    private static final String PASSWORD = "long enough to pass";

    @TempDir
    private static Path folder;

    private final int port;
    private final ProcessEngine engine;
    private final UserAdministration administration;
    private final People people;
    private final AuditReview trail;

    @SuppressWarnings("NullAway.Init")
    private WaitingApproval waiting;

    LimitedInEngineTest(
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
    void an_approval_of_prod_shop_waits() {
        person("approver-team", "approver@prod/shop");
        person("approver-anywhere", "approver@*/shop");
        person("approver-other", "approver@prod/pay");
        person("operator-team", "operator@prod/shop");
        person("operator-test", "operator@test");
        person("security-test", "security@test");
        person("auditor-test", "auditor@test");
        person("operator", "operator");
        waiting = WaitingApproval.ofAnybody(engine, "prod/shop/pg/orders");
    }

    @AfterEach
    void clean() {
        waiting.remove();
    }

    @ParameterizedTest
    @CsvSource({"approver-team, 1", "approver-anywhere, 1", "approver-other, 0", "operator-team, 0", "operator-test, 0"
    })
    void a_task_is_shown_to_the_roles_that_reach_its_credential(String who, int tasks) {
        assertThat(ask(who, "/engine-rest/task/count").body()).contains("\"count\":" + tasks);
        String way = "/engine-rest/task/" + waiting.task() + "/claim";

        HttpResponse<String> claim =
                new Visitor(port).basic(who, PASSWORD).json("POST", way, "{\"userId\":\"" + who + "\"}");

        assertThat(claim.statusCode()).isEqualTo(tasks == 1 ? 204 : 403);
        assertThat(ask(who, "/engine-rest/task/" + waiting.task() + "/form-variables")
                        .body()
                        .contains("prod/shop/pg/orders"))
                .isEqualTo(tasks == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator-test", "security-test", "auditor-test", "operator-team"})
    void instances_and_their_history_are_not_shown_to_a_limited_role(String who) {
        for (String list : List.of(
                "process-instance",
                "variable-instance",
                "history/process-instance",
                "history/task",
                "history/variable-instance",
                "history/activity-instance",
                "execution")) {
            assertThat(ask(who, "/engine-rest/" + list + "?maxResults=100").body())
                    .as(list)
                    .isEqualTo("[]");
        }
        assertThat(ask(who, "/engine-rest/job?maxResults=100").body())
                .as("what belongs to no process is all that there is")
                .doesNotContain(waiting.instance());
        for (String numbers : List.of(
                "process-definition/statistics",
                "process-definition/statistics/",
                "process-definition/key/p/statistics?incidents=true",
                "process-definition/" + waiting.definition() + "/statistics",
                "metrics/activity-instance-start/sum",
                "task/report/candidate-group-count")) {
            assertThat(ask(who, "/engine-rest/" + numbers).statusCode())
                    .as(numbers)
                    .isEqualTo(403);
        }
        assertThat(ask("operator", "/engine-rest/process-definition/statistics").statusCode())
                .isEqualTo(200);
        assertThat(ask("operator", "/engine-rest/process-instance?maxResults=100")
                        .body())
                .contains(waiting.instance());
    }

    @ParameterizedTest
    @CsvSource({"operator-team, true", "operator-test, false", "operator, true"})
    void the_start_form_asks_for_the_credential_the_same_as_the_api_does(String who, boolean allowed) {
        String path = "/engine-rest/process-definition/key/issuance-request/submit-form";

        HttpResponse<String> answer = new Visitor(port).basic(who, PASSWORD).json("POST", path, """
                        {"variables": {"name": {"value": "prod/shop/pg/new"}, "owner": {"value": "shop"},
                         "kind": {"value": "database-user"}, "target": {"value": "nowhere"},
                         "store": {"value": "main"}, "policy": {"value": "none"}, "reason": {"value": "r"}}}""");

        if (allowed) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("target: nothing of that name is configured");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("this needs the role operator for prod/shop, not just operator@test");
            assertThat(trail.entries(new AuditReview.Filter(path, null), null, 1)
                            .toString())
                    .contains("access.refused", who);
        }
    }

    private HttpResponse<String> ask(String who, String path) {
        return new Visitor(port).basic(who, PASSWORD).get(path);
    }

    private void person(String id, String role) {
        if (people.find(id).isEmpty()) {
            administration.create("test", id, "Somebody", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
            people.change("test", id, null, List.of(role));
        }
    }
}
