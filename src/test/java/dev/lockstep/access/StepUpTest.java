package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecondFactors;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Second factors at a real server, with stand-ins for the surfaces behind it. */
@SpringBootTest(
        classes = {SurfacesTest.Server.class, ProviderConfiguration.class, PlainReferences.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:step-up",
            "lockstep.data-dir=target/step-up-test",
            "management.endpoint.health.validate-group-membership=false",
            "lockstep.access.oidc.client-id=lockstep",
            "lockstep.access.oidc.roles.operators=operator",
            "lockstep.access.step-up.environments=prod",
            "lockstep.access.step-up.within=10m",
            "lockstep.access.step-up.acr=gold"
        })
class StepUpTest {

    private static final PaperIssuer ISSUER = new PaperIssuer();
    private static final String PASSWORD = "long enough to pass";
    private static final String ROTATE = "/api/v1/credentials/%s/shop/db/app/rotations";

    private final int port;
    private final UserAdministration administration;
    private final AccessUsers users;
    private final SecondFactors factors;
    private final JdbcClient jdbc;

    StepUpTest(
            @LocalServerPort int port,
            @Autowired UserAdministration administration,
            @Autowired AccessUsers users,
            @Autowired SecondFactors factors,
            @Autowired JdbcClient jdbc) {
        this.port = port;
        this.administration = administration;
        this.users = users;
        this.factors = factors;
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("lockstep.access.oidc.issuer", ISSUER::address);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void a_password_alone_opens_nothing_once_a_second_factor_is_set_up() {
        person("enrolled");
        Visitor page = new Visitor(port).browser();
        page.logIn("enrolled", PASSWORD);
        assertThat(page.get("/").statusCode()).isEqualTo(200);

        enrol("enrolled");

        HttpResponse<String> away = page.get("/processes/rotation?tab=runs");
        assertThat(away.statusCode()).isEqualTo(302);
        assertThat(away.headers().firstValue("Location").orElseThrow())
                .endsWith("/second-factor?next=%2Fprocesses%2Frotation%3Ftab%3Druns");
        assertThat(page.get("/password").statusCode()).isEqualTo(302);
        HttpResponse<String> program =
                new Visitor(port).basic("enrolled", PASSWORD).get("/api/v1/credentials");
        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.body()).contains("\"type\":\"urn:ietf:rfc:9470\"");
    }

    @ParameterizedTest
    @CsvSource({"prod, 401", "test, 200"})
    void changes_in_a_named_environment_need_a_second_factor(String environment, int status) {
        person("plain-" + environment);

        HttpResponse<String> answer = new Visitor(port)
                .basic("plain-" + environment, PASSWORD)
                .json("POST", ROTATE.formatted(environment), "{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.body()).contains("give it at /second-factor").contains("urn:ietf:rfc:9470");
            assertThat(answer.headers().allValues("WWW-Authenticate").toString())
                    .contains("error=\"insufficient_user_authentication\"")
                    .contains("acr_values=\"gold\"")
                    .contains("max_age=600");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/access-reviews", "/api/v1/incidents/1/revocations"})
    void what_is_about_several_environments_or_none_needs_one_as_well(String path) {
        person("several");

        assertThat(new Visitor(port)
                        .basic("several", PASSWORD)
                        .json("POST", path, "{}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_scanner_reports_a_leak_without_one() {
        person("scanner");

        assertThat(new Visitor(port)
                        .basic("scanner", PASSWORD)
                        .json("POST", "/api/v1/signals", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void reading_needs_none() {
        person("reader");

        assertThat(new Visitor(port)
                        .basic("reader", PASSWORD)
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void who_has_given_one_may_and_has_to_give_it_again_when_it_is_old() {
        person("fresh");
        Visitor page = new Visitor(port).browser();
        page.logIn("fresh", PASSWORD);
        String token = Visitor.token(page.get("/login").body());
        Map<String, String> form = Map.of("_csrf", token);
        String action = "/credentials/prod/shop/db/app/rotate";
        page.with("Referer", "http://localhost:" + port + "/credentials/prod/shop/db/app/rotate");
        HttpResponse<String> away = page.form(action, form);
        assertThat(away.headers().firstValue("Location").orElseThrow())
                .endsWith("/second-factor?next=%2Fcredentials%2Fprod%2Fshop%2Fdb%2Fapp%2Frotate");

        given("fresh", Duration.ofMinutes(9));
        assertThat(page.form(action, form).statusCode()).isEqualTo(200);

        given("fresh", Duration.ofMinutes(11));
        assertThat(page.form(action, form).statusCode()).isEqualTo(302);
    }

    @Test
    void nobody_is_led_to_another_site() {
        person("led");
        Visitor page = new Visitor(port).browser();
        page.logIn("led", PASSWORD);
        Map<String, String> form =
                Map.of("_csrf", Visitor.token(page.get("/login").body()));

        page.with("Referer", "https://evil.example.org/credentials/prod");

        assertThat(page.form("/credentials/prod/shop/db/app/rotate", form)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/second-factor?next=%2F");
    }

    @ParameterizedTest
    @CsvSource({
        "acr, gold, 60, 200",
        "acr, silver, 60, 401",
        "amr, otp, 60, 200",
        "amr, pwd, 60, 401",
        "acr, gold, 660, 401"
    })
    void a_token_tells_how_and_when_its_person_logged_in(String claim, String value, long age, int status) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                ISSUER.address(),
                "sub",
                "of-pia",
                "aud",
                "lockstep",
                "exp",
                now + 300,
                "auth_time",
                now - age,
                "preferred_username",
                "pia",
                "groups",
                List.of("operators")));
        claims.put(claim, claim.equals("amr") ? List.of(value) : value);

        assertThat(new Visitor(port)
                        .with("Authorization", "Bearer " + ISSUER.token("JWT", claims))
                        .json("POST", ROTATE.formatted("prod"), "{}")
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/processes/rotation?tab=runs, /processes/rotation?tab=runs",
        "//evil.example.org/x, /",
        "https://evil.example.org, /",
        "'/\\evil.example.org', /"
    })
    void who_confirms_at_the_provider_returns_to_where_they_were(String next, String expected) {
        Visitor page = new Visitor(port).browser();
        HttpResponse<String> away =
                page.get("/oauth2/authorization/oidc?step-up=&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        String there = away.headers().firstValue("Location").orElseThrow();
        assertThat(there).startsWith(ISSUER.address()).contains("prompt=login").doesNotContain("evil");
        Instant now = Instant.now();
        ISSUER.gives(Map.of(
                "iss", ISSUER.address(),
                "sub", "wanda-there",
                "aud", "lockstep",
                "preferred_username", "wanda",
                "groups", List.of("operators"),
                "acr", "gold",
                "nonce", parameter(there, "nonce"),
                "iat", now.getEpochSecond(),
                "auth_time", now.getEpochSecond(),
                "exp", now.plusSeconds(300).getEpochSecond()));

        HttpResponse<String> back = page.get("/login/oauth2/code/oidc?code=c&state=" + parameter(there, "state"));

        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(URI.create("http://localhost/")
                        .resolve(back.headers().firstValue("Location").orElseThrow()))
                .hasToString(
                        back.headers().firstValue("Location").orElseThrow().startsWith("http")
                                ? "http://localhost:" + port + expected
                                : "http://localhost" + expected);
        assertThat(page.json("POST", ROTATE.formatted("prod"), "{}").statusCode())
                .as("only the token of the page is missing")
                .isEqualTo(403);
    }

    @Test
    void without_a_way_back_the_login_ends_on_the_overview() {
        assertThat(new Visitor(port)
                        .browser()
                        .get("/oauth2/authorization/oidc")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .doesNotContain("prompt=login");
    }

    @Test
    void a_provider_that_never_answers_holds_nobody_up_for_long() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Instant begun = Instant.now();

            assertThatThrownBy(() -> ProviderHttp.discovered("http://localhost:" + silent.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    private static String parameter(String address, String name) {
        return URLDecoder.decode(address.replaceFirst(".*[?&]" + name + "=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    }

    private void person(String id) {
        if (users.find(id).isEmpty()) {
            administration.create("test", id, "Somebody", SecretValue.of(PASSWORD), Set.of(Role.OPERATOR));
        }
    }

    private void enrol(String id) {
        String secret = Passwords.text(factors.begin(id).text());
        factors.confirm(id, new Authenticator(secret, Clock.systemUTC()).code());
    }

    private void given(String id, Duration ago) {
        jdbc.sql("UPDATE access_session SET factor_at = :at WHERE user_id = :id")
                .param("at", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }
}
