package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.Keycloak;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application with a real OpenID provider; tokens there live for two seconds. */
@Tag("extended")
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:provider-login",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.access.oidc.client-id=lockstep",
            "lockstep.access.oidc.name=Example",
            "lockstep.access.oidc.roles-claim=realm_access.roles",
            "lockstep.access.oidc.roles.ops-test=operator@test,auditor",
            "lockstep.access.oidc.roles.approve-prod=approver@prod,viewer",
            "lockstep.access.oidc.roles.staff=viewer",
            "lockstep.access.oidc.roles.admins=administrator",
            "lockstep.access.step-up.environments=prod",
            "lockstep.access.step-up.acr=1",
            "lockstep.access.password-login.everybody=false"
        })
class ProviderLoginTest {

    private static final int PORT = Keycloak.freePort();
    private static final String APP = "http://localhost:" + PORT;
    private static final String PASSWORD = "of-the-provider";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Keycloak keycloak;

    private final UserAdministration administration;
    private final AccessUsers users;
    private final IdentityService engine;
    private final JdbcClient jdbc;

    ProviderLoginTest(
            @Autowired UserAdministration administration,
            @Autowired AccessUsers users,
            @Autowired IdentityService engine,
            @Autowired JdbcClient jdbc) {
        this.administration = administration;
        this.users = users;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
        String realm = realm().replace("@APP@", APP);
        keycloak = Keycloak.with(List.of(realm, realm.replace("\"realm\": \"lockstep\"", "\"realm\": \"elsewhere\"")));
        Path secret = Files.writeString(folder.resolve("client-secret"), "of-the-client");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        registry.add("server.port", () -> PORT);
        registry.add("lockstep.access.oidc.issuer", () -> keycloak.issuer("lockstep"));
        registry.add("lockstep.access.oidc.client-secret", () -> "${file:" + secret + "}");
    }

    private static String realm() throws IOException {
        try (InputStream file = ProviderLoginTest.class.getResourceAsStream("/keycloak/lockstep-realm.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    void one_login_opens_console_tasklist_cockpit_and_interfaces_with_the_roles_of_the_provider() {
        Walker olga = new Walker();

        HttpResponse<String> asked = logIn(olga, "olga", APP + "/forecast");

        assertThat(asked.uri().getPath()).isEqualTo("/forecast");
        assertThat(asked.body()).contains(">olga<");
        assertThat(olga.open(APP + "/camunda/app/tasklist/default/").body()).contains("Tasklist");
        assertThat(olga.open(APP + "/camunda/app/cockpit/default/").body()).contains("Cockpit");
        assertThat(olga.open(APP + "/camunda/api/admin/auth/user/default").body())
                .contains("\"userId\":\"olga\"")
                .contains("tasklist");
        assertThat(olga.open(APP + "/api/v1/credentials").statusCode()).isEqualTo(200);
        assertThat(olga.open(APP + "/engine-rest/task?maxResults=1").statusCode())
                .isEqualTo(200);
        assertThat(olga.open(APP + "/users").statusCode()).isEqualTo(403);
        assertThat(users.find("olga").orElseThrow()).satisfies(user -> {
            assertThat(user.displayName()).isEqualTo("Olga Example");
            assertThat(user.grants()).hasToString("auditor,operator@test");
            assertThat(user.provider()).isEqualTo(keycloak.issuer("lockstep"));
        });
        assertThat(engine.createGroupQuery().groupMember("olga").list())
                .extracting(group -> group.getId())
                .containsExactlyInAnyOrder("auditors", "operators-test");
    }

    @Test
    void without_a_role_here_nobody_gets_in_and_reads_why() {
        HttpResponse<String> refused = logIn(new Walker(), "nora", APP + "/");

        assertThat(refused.uri().getPath()).isEqualTo("/login");
        assertThat(refused.body()).contains("None of your roles at the provider gives you a role here.");
        assertThat(users.find("nora")).isEmpty();
    }

    @Test
    void the_provider_cannot_make_somebody_a_user_that_was_here_before() {
        HttpResponse<String> refused = logIn(new Walker(), "admin", APP + "/");

        assertThat(refused.body()).contains("There is another user of that name here.");
        assertThat(users.find("admin").orElseThrow().local()).isTrue();
    }

    @Test
    void new_roles_count_as_soon_as_the_provider_is_asked_again() throws InterruptedException {
        person("rosa", "staff");
        Walker rosa = new Walker();
        logIn(rosa, "rosa", APP + "/");
        assertThat(rosa.open(APP + "/camunda/app/tasklist/default/").statusCode())
                .isEqualTo(403);

        give("rosa", "approve-prod");
        Thread.sleep(2500);

        assertThat(rosa.open(APP + "/camunda/app/tasklist/default/").statusCode())
                .isEqualTo(200);
        assertThat(users.find("rosa").orElseThrow().grants()).hasToString("approver@prod,viewer");
    }

    @Test
    void who_confirms_logs_in_there_anew_and_the_time_of_that_counts() throws InterruptedException {
        person("vera", "staff");
        Walker vera = new Walker();
        logIn(vera, "vera", APP + "/");
        Instant first = factorAt("vera");
        assertThat(vera.open(APP + "/second-factor").body()).contains("/oauth2/authorization/oidc?step-up");

        HttpResponse<String> again = vera.open(APP + "/oauth2/authorization/oidc?step-up=&next=/forecast%3Fdays%3D7");
        assertThat(again.body()).contains("kc-form-login");
        // The provider tells the time in whole seconds.
        Thread.sleep(1100);
        HttpResponse<String> back = vera.submit(again, "login-actions", Map.of("password", PASSWORD));

        assertThat(back.uri().getPath()).isEqualTo("/forecast");
        assertThat(factorAt("vera")).isAfter(first);
    }

    /** Of the newest session. */
    private Instant factorAt(String user) {
        return jdbc.sql("SELECT factor_at FROM access_session WHERE user_id = :user ORDER BY started_at DESC LIMIT 1")
                .param("user", user)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void a_log_out_at_the_provider_ends_the_session_here() {
        person("lena", "staff");
        Walker lena = new Walker();
        logIn(lena, "lena", APP + "/");
        assertThat(lena.open(APP + "/forecast").uri().getPath()).isEqualTo("/forecast");

        keycloak.administer("POST", "/lockstep/users/" + providerId("lena") + "/logout", "");

        assertThat(lena.open(APP + "/api/v1/credentials").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void a_log_out_here_ends_the_session_of_the_provider() {
        person("mara", "staff");
        Walker mara = new Walker();
        HttpResponse<String> page = logIn(mara, "mara", APP + "/");

        HttpResponse<String> out = mara.submit(page, "/logout", Map.of());

        assertThat(out.uri()).hasToString(APP + "/login?logout");
        assertThat(mara.open(APP + "/oauth2/authorization/oidc").body()).contains("kc-form-login");
    }

    @Test
    void who_is_disabled_here_is_out_and_stays_out() {
        person("dora", "staff");
        Walker dora = new Walker();
        logIn(dora, "dora", APP + "/");

        administration.disable("admin", "dora");

        assertThat(dora.open(APP + "/forecast").uri().getPath()).isEqualTo("/login");
        assertThat(dora.open(APP + "/oauth2/authorization/oidc").body()).contains("You are disabled here.");
        assertThat(bearer(token("lockstep", "lockstep", "of-the-client", "dora"))
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tokens_of_the_issuer_open_the_interfaces_and_nothing_else() {
        Visitor anna = bearer(token("lockstep", "lockstep", "of-the-client", "anna"));

        assertThat(anna.get("/api/v1/credentials").statusCode()).isEqualTo(200);
        HttpResponse<String> tasks = anna.get("/engine-rest/task?maxResults=1");
        assertThat(tasks.statusCode()).as(tasks.body()).isEqualTo(200);
        assertThat(anna.get("/api/v1/users").statusCode()).isEqualTo(403);
        assertThat(anna.get("/users").statusCode()).isEqualTo(401);
        assertThat(anna.get("/api/v1/credentials").headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void tokens_for_somebody_else_or_of_another_issuer_are_refused() {
        assertThat(bearer(token("lockstep", "other", "of-the-other", "anna"))
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> refused =
                bearer(token("elsewhere", "lockstep", "of-the-client", "anna")).get("/api/v1/credentials");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .contains("Bearer realm=\"Lockstep\", error=\"invalid_token\"");
        assertThat(refused.body()).contains("The token is not valid here").contains("\"status\":401");
    }

    private HttpResponse<String> logIn(Walker walker, String user, String wanted) {
        HttpResponse<String> login = walker.open(wanted);
        assertThat(login.body()).contains("Log in with Example").contains("Emergency login");
        HttpResponse<String> there = walker.open(APP + "/oauth2/authorization/oidc");
        return walker.submit(there, "login-actions", Map.of("username", user, "password", PASSWORD));
    }

    private static void person(String name, String role) {
        keycloak.administer("POST", "/lockstep/users", """
                {"username": "%1$s", "enabled": true, "firstName": "%1$s", "lastName": "Example",
                 "email": "%1$s@example.org", "emailVerified": true,
                 "credentials": [{"type": "password", "value": "%2$s", "temporary": false}]}
                """.formatted(name, PASSWORD));
        give(name, role);
    }

    private static void give(String name, String role) {
        String description = keycloak.administer("GET", "/lockstep/roles/" + role, "");
        keycloak.administer(
                "POST", "/lockstep/users/" + providerId(name) + "/role-mappings/realm", "[" + description + "]");
    }

    private static String providerId(String name) {
        return Keycloak.field(keycloak.administer("GET", "/lockstep/users?exact=true&username=" + name, ""), "id");
    }

    private static String token(String realm, String client, String secret, String user) {
        String form = "grant_type=password&scope=openid&client_id=" + client + "&client_secret=" + secret + "&username="
                + user + "&password=" + PASSWORD;
        return Keycloak.field(keycloak.tokens(realm, form), "access_token");
    }

    private static Visitor bearer(String token) {
        return new Visitor(PORT).with("Accept", "application/json").with("Authorization", "Bearer " + token);
    }
}
