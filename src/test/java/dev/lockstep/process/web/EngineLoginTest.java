package dev.lockstep.process.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.lockstep.access.InitialLogin;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.Sealing;
import dev.lockstep.testing.PaperSealing;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The login in front of the engine's webapps and REST interface. */
@SpringBootTest(
        classes = EngineLoginTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:engine-login",
            "lockstep.data-dir=target/engine-login-test",
            "lockstep.access.print-initial-login=true",
            "management.endpoint.health.validate-group-membership=false",
            "camunda.bpm.webapp.index-redirect-enabled=false",
            "camunda.bpm.database.schema-update=true",
            "camunda.bpm.history-level=full",
            "camunda.bpm.authorization.enabled=false",
            "camunda.bpm.auto-deployment-enabled=false",
            "camunda.bpm.job-execution.enabled=false",
            // One thread serves everybody, so that a login left behind on it would show.
            "server.tomcat.threads.max=1"
        })
class EngineLoginTest {

    private static final String PASSWORD = "long enough to pass";
    private static final String WHO_AM_I = "/camunda/api/admin/auth/user/default";

    private final int port;
    private final IdentityService identity;
    private final UserAdministration administration;
    private final InitialLogin initialLogin;

    EngineLoginTest(
            @LocalServerPort int port,
            @Autowired IdentityService identity,
            @Autowired UserAdministration administration,
            @Autowired InitialLogin initialLogin) {
        this.port = port;
        this.identity = identity;
        this.administration = administration;
        this.initialLogin = initialLogin;
    }

    /** Not scanned: only this test names it. */
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = {"dev.lockstep.access", "dev.lockstep.ledger", "dev.lockstep.process.web"},
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test.*"))
    static class Server {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        AuditTrail trail() {
            return event -> {};
        }

        @Bean
        Sealing sealing() {
            return new PaperSealing();
        }

        @Bean
        EngineDirectory directory(IdentityService identity) {
            return new EngineDirectory() {
                @Override
                public void mirror(String userId, String displayName, Set<String> groups) {
                    remove(userId);
                    User user = identity.newUser(userId);
                    user.setFirstName(displayName);
                    identity.saveUser(user);
                    for (String group : groups) {
                        if (identity.createGroupQuery().groupId(group).count() == 0) {
                            identity.saveGroup(identity.newGroup(group));
                        }
                        identity.createMembership(userId, group);
                    }
                }

                @Override
                public void remove(String userId) {
                    identity.deleteUser(userId);
                }
            };
        }

        @Bean
        RouterFunction<ServerResponse> leftBehind(IdentityService identity) {
            return route().GET(
                            "/api/v1/left-behind",
                            request -> ServerResponse.ok().body(String.valueOf(identity.getCurrentAuthentication())))
                    .build();
        }
    }

    @BeforeEach
    void anOperator() {
        if (identity.createUserQuery().userId("olga").count() == 0) {
            administration.create("test", "olga", "Olga", SecretValue.of(PASSWORD), Set.of(Role.OPERATOR));
        }
    }

    @Test
    void after_the_login_page_tasklist_opens_and_knows_the_user() {
        Visitor person = new Visitor(port).browser();
        assertThat(person.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(302);

        person.logIn("admin", initialLogin.password().orElseThrow().expose(String::new));

        HttpResponse<String> page = person.get("/camunda/app/tasklist/default/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Tasklist");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("nonce-");
        assertThat(person.get("/camunda/api/engine/engine/default/user/admin/profile")
                        .body())
                .contains("\"id\":\"admin\"");
        assertThat(person.get(WHO_AM_I).body()).contains("\"userId\":\"admin\"").contains("tasklist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/tasklist/scripts/config.js",
                "/camunda/app/tasklist/camunda-tasklist-bootstrap.js",
                "/camunda/lib/deps.js",
                "/camunda/api/engine/engine/",
                "/camunda/assets/tasklist.svg"
            })
    void what_the_webapp_loads_is_served_to_who_is_logged_in_and_to_nobody_else(String path) {
        assertThat(new Visitor(port).get(path).statusCode()).isEqualTo(401);
        Visitor person = new Visitor(port).browser();
        person.logIn("olga", PASSWORD);

        assertThat(person.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void changes_in_the_webapps_need_camundas_token_and_not_ours() {
        Visitor person = new Visitor(port).browser();
        person.logIn("olga", PASSWORD);
        person.get("/camunda/app/tasklist/default/");
        String query = "/camunda/api/engine/engine/default/task/count";

        HttpResponse<String> with =
                person.with("X-XSRF-TOKEN", person.cookie("XSRF-TOKEN")).json("POST", query, "{}");
        assertThat(with.statusCode()).isEqualTo(200);
        HttpResponse<String> without = person.with("X-XSRF-TOKEN", "guessed").json("POST", query, "{}");
        assertThat(without.statusCode()).isEqualTo(403);
    }

    @Test
    void logging_out_in_a_webapp_ends_the_whole_login_and_its_form_begins_a_new_one() {
        Visitor person = new Visitor(port).browser();
        person.logIn("olga", PASSWORD);
        person.get("/camunda/app/tasklist/default/");
        person.with("Accept", "application/json").with("X-XSRF-TOKEN", person.cookie("XSRF-TOKEN"));

        assertThat(person.json("POST", WHO_AM_I + "/logout", "").statusCode()).isEqualTo(200);
        assertThat(person.get(WHO_AM_I).statusCode()).isEqualTo(401);

        String form = WHO_AM_I + "/login/tasklist";
        assertThat(person.form(form, Map.of("username", "olga", "password", "wrong"))
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> login = person.form(form, Map.of("username", "olga", "password", PASSWORD));
        assertThat(login.headers().firstValue("Location").orElseThrow()).endsWith(WHO_AM_I);
        assertThat(person.get(WHO_AM_I).body()).contains("\"userId\":\"olga\"");
    }

    @Test
    void who_logs_in_over_another_login_gets_nothing_of_it() {
        Visitor person = new Visitor(port).browser();
        person.logIn("admin", initialLogin.password().orElseThrow().expose(String::new));
        assertThat(person.get(WHO_AM_I).body()).contains("admin");

        person.logIn("olga", PASSWORD);

        assertThat(person.get(WHO_AM_I).body()).contains("\"userId\":\"olga\"");
    }

    @Test
    void the_rest_interface_needs_a_login_and_acts_as_that_user() {
        assertThat(new Visitor(port).get("/engine-rest/task").statusCode()).isEqualTo(401);
        Visitor program = new Visitor(port).basic("olga", PASSWORD);
        assertThat(program.get("/engine-rest/version").statusCode()).isEqualTo(200);

        assertThat(program.json("POST", "/engine-rest/task/create", "{\"id\":\"by-olga\",\"name\":\"x\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(program.get("/engine-rest/history/user-operation?taskId=by-olga")
                        .body())
                .contains("\"userId\":\"olga\"");
    }

    @Test
    void no_login_stays_behind_on_the_thread() {
        Visitor program = new Visitor(port).basic("olga", PASSWORD);

        program.get("/engine-rest/task");
        program.get("/engine-rest/task/unknown");
        program.get("/camunda/api/engine/engine/default/task");

        assertThat(program.get("/api/v1/left-behind").body()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup;x/default/user/create",
                "/camunda/api/admin//setup/default/user/create",
                "/camunda/api/admin/%73etup/default/user/create",
                "/camunda/api/admin/./setup/default/user/create"
            })
    void the_setup_creates_nobody_while_the_engine_has_no_administrator(String path) {
        Visitor insider = new Visitor(port).browser();
        insider.logIn("olga", PASSWORD);
        insider.get("/camunda/app/tasklist/default/");
        insider.with("X-XSRF-TOKEN", insider.cookie("XSRF-TOKEN"));
        identity.deleteMembership("admin", "camunda-admin");
        try {
            String body = "{\"profile\":{\"id\":\"mallory\"},\"credentials\":{\"password\":\"mallory\"}}";
            assertThat(new Visitor(port).json("POST", path, body).statusCode()).isIn(400, 401, 403);
            assertThat(insider.json("POST", path, body).statusCode()).isIn(400, 403);
            assertThat(identity.createUserQuery().userId("mallory").count()).isZero();
        } finally {
            identity.createMembership("admin", "camunda-admin");
        }
    }
}
