package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Sealing;
import dev.lockstep.testing.PaperSealing;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The filter chain on a real server, with stand-ins for the surfaces behind it. */
@SpringBootTest(
        classes = SurfacesTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:surfaces",
            "lockstep.data-dir=target/surfaces-test",
            "management.endpoints.web.exposure.include=health,prometheus,loggers",
            "management.endpoint.health.validate-group-membership=false",
            "server.forward-headers-strategy=native",
            "management.prometheus.metrics.export.enabled=true",
            "lockstep.access.print-initial-login=true"
        })
class SurfacesTest {

    private static final String PASSWORD = "long enough to pass";

    private final int port;
    private final AccessUsers users;
    private final UserAdministration administration;
    private final RecordedTrail trail;
    private final InitialLogin initialLogin;
    private final Inventory inventory;
    private final Operations operations;

    SurfacesTest(
            @LocalServerPort int port,
            @Autowired AccessUsers users,
            @Autowired UserAdministration administration,
            @Autowired RecordedTrail trail,
            @Autowired InitialLogin initialLogin,
            @Autowired Inventory inventory,
            @Autowired Operations operations) {
        this.port = port;
        this.users = users;
        this.administration = administration;
        this.trail = trail;
        this.initialLogin = initialLogin;
        this.inventory = inventory;
        this.operations = operations;
    }

    /** Not scanned: only this test names it. */
    @EnableAutoConfiguration(
            excludeName = {
                "org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration",
                "org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration",
                "org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration"
            })
    @Import({AccessConfiguration.class, WebSecurityConfiguration.class})
    @ComponentScan("dev.lockstep.ledger")
    static class Server {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        RecordedTrail trail() {
            return new RecordedTrail();
        }

        @Bean
        Sealing sealing() {
            return new PaperSealing();
        }

        @Bean
        RecordedDirectory directory() {
            return new RecordedDirectory();
        }

        @Bean
        RouterFunction<ServerResponse> surfaces() {
            return route().GET(
                            "/",
                            request -> ServerResponse.ok()
                                    .body("status page of "
                                            + request.principal().orElseThrow().getName()))
                    .GET("/api/v1/credentials", request -> ServerResponse.ok().body("credentials"))
                    .GET("/api/v1/users", request -> ServerResponse.ok().body("users"))
                    .GET("/users", request -> ServerResponse.ok().body("users"))
                    .GET("/processes/**", request -> ServerResponse.ok().body("page"))
                    .GET("/password", request -> ServerResponse.ok().body("own password"))
                    .POST("/api/v1/**", request -> ServerResponse.ok().body("done"))
                    .POST("/credentials/**", request -> ServerResponse.ok().body("done"))
                    .POST("/operations/**", request -> ServerResponse.ok().body("done"))
                    .GET("/credentials/**", request -> ServerResponse.ok().body("page"))
                    .GET("/api/v1/audit", request -> ServerResponse.ok().body("trail"))
                    .GET("/engine-rest/engine", request -> ServerResponse.ok().body("engine"))
                    .POST("/engine-rest/**", request -> ServerResponse.ok().body("engine"))
                    .DELETE("/engine-rest/**", request -> ServerResponse.ok().body("engine"))
                    .GET("/unlisted", request -> ServerResponse.ok().body("nobody listed this"))
                    .build();
        }
    }

    @BeforeEach
    void oneUserPerRole() {
        for (Role role : Role.values()) {
            if (users.find(role.label()).isEmpty()) {
                administration.create("test", role.label(), "Somebody", SecretValue.of(PASSWORD), Set.of(role));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/credentials",
                "/engine-rest/engine",
                "/camunda/app/",
                "/actuator/prometheus",
                "/actuator",
                "/v3/api-docs",
                "/unlisted",
                "/error"
            })
    void without_login_a_program_is_asked_for_a_password_and_a_person_is_sent_to_the_login_page(String path) {
        HttpResponse<String> program = visitor().get(path);
        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
        assertThat(program.headers().firstValue("Set-Cookie")).isEmpty();

        HttpResponse<String> person = visitor().browser().get(path);
        assertThat(person.statusCode()).isEqualTo(302);
        assertThat(person.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        assertThat(person.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/lockstep.css", "/actuator/health", "/actuator/health/liveness"})
    void health_and_login_page_are_public(String path) {
        HttpResponse<String> answer = visitor().get(path);

        assertThat(answer.statusCode()).isIn(200, 404);
        assertThat(answer.body()).doesNotContain("components").doesNotContain("database");
    }

    @Test
    void a_script_in_a_page_is_told_401_without_making_the_browser_ask() {
        HttpResponse<String> answer =
                visitor().with("X-Requested-With", "XMLHttpRequest").get("/camunda/api/engine/engine/default/task");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/credentials, viewer operator approver security auditor designer administrator",
        "GET, /actuator/prometheus, viewer operator approver security auditor designer administrator",
        "GET, /v3/api-docs, viewer operator approver security auditor designer administrator",
        "GET, /, viewer operator approver security auditor designer administrator",
        "POST, /api/v1/rotations, operator",
        "POST, /api/v1/signals, operator security",
        "POST, /api/v1/incidents/1/close, operator security",
        "GET, /api/v1/users, administrator",
        "GET, /users, administrator",
        "POST, /api/v1/users, administrator",
        "GET, /api/v1/audit, auditor administrator",
        "GET, /engine-rest/engine, operator approver security auditor designer administrator",
        "POST, /engine-rest/task/1/complete, operator approver security auditor designer administrator",
        "POST, /engine-rest/deployment/create, designer administrator",
        "POST, /engine-rest/engine/default/deployment/create, designer administrator",
        "POST, /engine-rest/%64eployment/create, designer administrator",
        "POST, /api/v1/processes/dry-run, designer administrator",
        "POST, /api/v1/plans, designer administrator",
        "POST, /api/v1/plans/0123456789abcdef/apply, administrator",
        "POST, /api/v1/processes/rotation/rollouts, designer administrator",
        "POST, /api/v1/processes/rotation/migrations/1/confirm, designer administrator",
        "GET, /processes, viewer operator approver security auditor designer administrator",
        "GET, /processes/try, designer administrator",
        "DELETE, /engine-rest/deployment/1, designer administrator",
        "GET, /actuator/loggers, administrator",
        "POST, /engine-rest/user/create, ''",
        "POST, /engine-rest/group/count, operator approver security auditor designer administrator",
        "POST, /engine-rest/engine/default/group/operators/members/x, ''",
        "POST, /engine-rest/identity/verify, ''",
        "GET, /unlisted, ''"
    })
    void each_path_opens_to_its_roles_and_to_no_other(String method, String path, String allowed) {
        for (Role role : Role.values()) {
            int status = Visitor.rawStatus(port, method, path, role.label(), PASSWORD);

            int expected = Set.of(allowed.split(" ", -1)).contains(role.label()) ? 200 : 403;
            assertThat(status).as("%s %s as %s", method, path, role).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/credentials/test/a/b/c/rotations, 200",
        "POST, /api/v1/credentials/prod/a/b/c/rotations, 403",
        "POST, /api/v1/credentials/%70rod/a/b/c/rotations, 403",
        "POST, /api/v1/credentials/prod/a/b/test/rotations, 403",
        "POST, /api/v1/credentials/PROD/a/b/c/rotations, 403",
        "POST, /credentials/test/a/b/c/rotate, 200",
        "POST, /credentials/prod/a/b/c/rotate, 403",
        "GET, /credentials/prod/a/b/c/rotate, 403",
        "GET, /credentials/prod/a/b/c, 403",
        "POST, /api/v1/operations/TEST/roll-back, 200",
        "POST, /api/v1/operations/PROD/roll-back, 403",
        "POST, /operations/TEST/resume, 200",
        "POST, /operations/PROD/resume, 403",
        "POST, /operations/op-999999/resume, 403",
        "POST, /api/v1/anything-else, 403",
        "POST, /api/v1/signals, 403",
        "GET, /engine-rest/engine, 200"
    })
    void an_operator_of_one_environment_changes_nothing_in_another(String method, String path, int expected) {
        limitedOperator();
        String real = path.replace("TEST/", operation("test/a/b/c") + "/")
                .replace("operations/PROD/", "operations/" + operation("prod/a/b/c") + "/");

        int status = method.equals("POST") && !path.startsWith("/api")
                ? submit(person("olga"), real)
                : Visitor.rawStatus(port, method, real, "olga", PASSWORD);

        assertThat(status).isEqualTo(expected);
    }

    @Test
    void a_refusal_says_what_is_missing_and_is_in_the_trail() {
        limitedOperator();
        String path = "/api/v1/credentials/prod/x/y/z/rotations";

        HttpResponse<String> answer = visitor().basic("olga", PASSWORD).json("POST", path + "?why=secret", "{}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains("this needs the role operator for prod/x, not just operator@test");
        assertThat(trail.events)
                .contains(new AuditEvent(
                        "olga",
                        "access.refused",
                        AuditEvent.Phase.FACT,
                        path,
                        null,
                        Map.of(
                                "method",
                                "POST",
                                "reason",
                                "this needs the role operator for prod/x, not just operator@test")));
    }

    @Test
    void a_one_time_password_opens_nothing_but_the_page_on_which_it_is_replaced() {
        administration.create("test", "newcomer", "New", SecretValue.of(PASSWORD), Set.of(Role.ADMINISTRATOR));
        String oneTime = administration.resetPassword("test", "newcomer").expose(String::new);
        assertThat(visitor().basic("newcomer", PASSWORD).get("/").statusCode()).isEqualTo(401);

        Visitor person = visitor().browser();
        person.logIn("newcomer", oneTime);
        for (String path : new String[] {"/", "/users", "/camunda/app/", "/unlisted"}) {
            assertThat(person.get(path).headers().firstValue("Location").orElseThrow())
                    .as(path)
                    .endsWith("/password");
        }
        assertThat(person.get("/password").body()).isEqualTo("own password");

        Visitor program = visitor().basic("newcomer", oneTime);
        for (String path : new String[] {"/api/v1/users", "/engine-rest/engine", "/actuator/prometheus"}) {
            HttpResponse<String> answer = program.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("replace it at /password");
        }
    }

    private static int submit(Visitor person, String path) {
        String token = Visitor.token(person.get("/login").body());
        return person.form(path, Map.of("_csrf", token)).statusCode();
    }

    private void limitedOperator() {
        if (users.find("olga").isEmpty()) {
            administration.create("test", "olga", "Olga", SecretValue.of(PASSWORD), Set.of());
            administration.change("test", "olga", null, Grants.parse(List.of("operator@test")));
        }
    }

    private Visitor person(String user) {
        Visitor person = visitor().browser();
        person.logIn(user, PASSWORD);
        return person;
    }

    private String operation(String credential) {
        CredentialName name = CredentialName.of(credential);
        return operations
                .active(name)
                .or(() -> {
                    inventory.register(name, "pg", null);
                    return operations.request(new OperationRequest(name, "rotation", Operation.ROUTINE, "x", "x"));
                })
                .orElseThrow()
                .label();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup",
                "/camunda/api/admin/setup/",
                "/camunda/api/admin/setup;x/default/user/create",
                "/camunda/api/admin;x/setup/default/user/create",
                "/camunda/api/admin//setup/default/user/create",
                "//camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/%73etup/default/user/create",
                "/camunda/api/admin/%73%65%74%75%70/default/user/create",
                "/camunda/api/admin%2fsetup/default/user/create",
                "/camunda/api/admin/%2573etup/default/user/create",
                "/camunda/api/admin/./setup/default/user/create",
                "/camunda/api/admin/x/../setup/default/user/create",
                "/camunda/api/admin/%2e/setup/default/user/create",
                "/camunda/api/admin/SETUP/default/user/create",
                "/camunda\\api/admin/setup/default/user/create",
                "/camunda/./api/admin/setup/default/user/create",
                "/camunda/app/admin/default/setup/",
                "/camunda/app/admin/default/setup",
                "/camunda/app/tasklist/default/setup/"
            })
    void the_engines_setup_is_refused_in_every_spelling_even_to_an_administrator(String path) {
        assertThat(Visitor.rawStatus(port, "POST", path, "administrator", PASSWORD))
                .isIn(400, 403);
        assertThat(Visitor.rawStatus(port, "GET", path, "administrator", PASSWORD))
                .isIn(400, 403);
    }

    @Test
    void the_generated_login_opens_the_login_page_and_leads_back_to_what_was_asked_for() {
        Visitor person = visitor().browser();
        assertThat(person.get("/").statusCode()).isEqualTo(302);
        String password = initialLogin.password().orElseThrow().expose(String::new);

        HttpResponse<String> login = person.logIn("admin", password);

        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(login.headers().firstValue("Location").orElseThrow()).contains("/?continue");
        assertThat(person.get("/").body()).contains("status page of admin");
        assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void a_wrong_password_on_the_page_leads_back_with_a_text_that_tells_nothing() {
        Visitor person = visitor().browser();

        assertThat(person.logIn("viewer", "wrong")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/login?error");
        assertThat(person.get("/login?error").body())
                .contains("Check user and password")
                .doesNotContain("viewer");
        assertThat(person.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void a_login_without_the_token_of_the_page_is_asked_to_try_again() {
        HttpResponse<String> answer =
                visitor().browser().form("/login", Map.of("username", "viewer", "password", PASSWORD));

        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login?expired");
    }

    @Test
    void a_session_needs_the_token_for_changes_also_when_a_password_comes_with_it() {
        Visitor person = visitor().browser();
        person.logIn("operator", PASSWORD);
        assertThat(person.get("/api/v1/credentials").statusCode()).isEqualTo(200);

        assertThat(person.json("POST", "/api/v1/rotations", "{}").statusCode()).isEqualTo(403);
        assertThat(person.basic("operator", PASSWORD)
                        .json("POST", "/api/v1/rotations", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example, 403", "null, 403", "file://, 200", "'', 403"})
    void a_password_that_a_page_of_another_site_sends_is_refused(String origin, int expected) {
        Visitor page = visitor().basic("operator", PASSWORD).with("Origin", origin);

        assertThat(page.json("POST", "/api/v1/rotations", "{}").statusCode()).isEqualTo(expected);
        assertThat(page.with("Origin", "http://localhost:" + port)
                        .json("POST", "/api/v1/rotations", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_person_who_may_not_open_a_page_is_told_so_on_a_page() {
        Visitor person = visitor().browser();
        person.logIn("viewer", PASSWORD);

        HttpResponse<String> answer = person.get("/camunda/app/");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<title>").contains("403");
    }

    @Test
    void basic_makes_no_session() {
        HttpResponse<String> answer = visitor().basic("viewer", PASSWORD).get("/api/v1/credentials");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void after_logging_out_the_session_opens_nothing() {
        Visitor person = visitor().browser();
        person.logIn("viewer", PASSWORD);
        String token = Visitor.token(person.get("/login").body());

        person.form("/logout", Map.of("_csrf", token));

        assertThat(person.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void a_session_ends_when_its_user_is_changed_or_disabled() {
        administration.create("test", "leaver", "Leaver", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        Visitor person = visitor().browser();
        person.logIn("leaver", PASSWORD);
        assertThat(person.get("/").statusCode()).isEqualTo(200);

        administration.change("test", "leaver", null, Grants.everywhere(Role.OPERATOR));
        assertThat(person.get("/").statusCode()).isEqualTo(302);

        person.logIn("leaver", PASSWORD);
        assertThat(person.get("/").statusCode()).isEqualTo(200);
        administration.disable("test", "leaver");
        assertThat(person.get("/").statusCode()).isEqualTo(302);
        assertThat(visitor().basic("leaver", PASSWORD).get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void ten_wrong_passwords_lock_the_user_out() {
        administration.create("test", "victim", "Victim", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        Visitor guesser = visitor().basic("victim", "wrong");
        for (int i = 0; i < 9; i++) {
            assertThat(guesser.get("/api/v1/credentials").statusCode()).isEqualTo(401);
        }
        assertThat(trail.events).noneMatch(event -> event.action().equals("login.lock"));

        assertThat(guesser.get("/api/v1/credentials").statusCode()).isEqualTo(401);
        assertThat(visitor()
                        .basic("victim", PASSWORD)
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(401);
        assertThat(trail.events)
                .anySatisfy(event ->
                        assertThat(event.action() + " " + event.subject()).isEqualTo("login.lock victim"));
    }

    @Test
    void when_logins_cannot_be_checked_the_answer_says_so() {
        administration.create("test", "unlucky", "Unlucky", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        Supplier<HttpResponse<String>> ask =
                () -> visitor().basic("unlucky", PASSWORD).get("/api/v1/credentials");
        trail.down = true;
        try {
            assertThat(ask.get().statusCode()).isEqualTo(503);
            assertThat(ask.get().statusCode()).as("asked again").isEqualTo(503);
        } finally {
            trail.down = false;
        }
        assertThat(ask.get().statusCode()).isEqualTo(200);
    }

    @Test
    void every_answer_carries_the_headers_that_protect_a_browser() {
        HttpResponse<String> answer = visitor().browser().get("/login");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.body())
                .doesNotContain("style=")
                .doesNotContain("<script")
                .doesNotContain("http://cdn");
    }

    @Test
    void behind_tls_cookies_are_secure_and_browsers_are_told_to_stay_there() {
        Visitor person = visitor().browser().with("X-Forwarded-Proto", "https");

        HttpResponse<String> answer = person.get("/login");

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    private Visitor visitor() {
        return new Visitor(port);
    }
}
