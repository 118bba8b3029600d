package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a provider signs, right and wrong, at a real server. */
@SpringBootTest(
        classes = {SurfacesTest.Server.class, ProviderConfiguration.class, PlainReferences.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:provider-tokens",
            "lockstep.data-dir=target/provider-tokens-test",
            "management.endpoint.health.validate-group-membership=false",
            "lockstep.access.oidc.client-id=lockstep",
            "lockstep.access.oidc.roles-claim=groups",
            "lockstep.access.oidc.roles.operators=operator@test",
            "lockstep.access.oidc.roles.all-operators=operator",
            "lockstep.access.oidc.roles.[/staff/readers]=viewer"
        })
class ProviderTokensTest {

    private static final PaperIssuer ISSUER = new PaperIssuer();
    private static final PaperIssuer IMPOSTOR = new PaperIssuer();
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final int port;
    private final AccessUsers users;
    private final AccessSessions sessions;
    private final RecordedTrail trail;

    ProviderTokensTest(
            @LocalServerPort int port,
            @Autowired AccessUsers users,
            @Autowired AccessSessions sessions,
            @Autowired RecordedTrail trail) {
        this.port = port;
        this.users = users;
        this.sessions = sessions;
        this.trail = trail;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("lockstep.access.oidc.issuer", ISSUER::address);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
        IMPOSTOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt"})
    void a_token_for_lockstep_opens_the_interfaces(String type) {
        assertThat(status(ISSUER.token(type, claims(Map.of())))).isEqualTo(200);
    }

    @Test
    void a_token_gives_the_roles_that_it_tells_and_no_others() {
        String reader = ISSUER.token("JWT", claims(Map.of("groups", List.of("/staff/readers", "unknown"))));
        String operator = ISSUER.token("JWT", claims(Map.of("groups", List.of("operators"))));

        assertThat(rotate(reader, "test")).isEqualTo(403);
        assertThat(rotate(operator, "test")).isEqualTo(200);
        assertThat(rotate(operator, "prod")).isEqualTo(403);
        assertThat(rotate(ISSUER.token("JWT", claims(Map.of("groups", List.of("operators", "all-operators")))), "prod"))
                .isEqualTo(200);
    }

    @Test
    void who_has_no_role_by_the_token_is_told_so() {
        HttpResponse<String> refused = get(ISSUER.token("JWT", claims(Map.of("groups", "nothing"))));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("None of your roles at the provider gives you a role here.");
    }

    @Test
    void an_expired_token_is_refused() {
        long past = Instant.now().minus(Duration.ofMinutes(5)).getEpochSecond();

        assertThat(status(ISSUER.token("JWT", claims(Map.of("exp", past, "iat", past - 60)))))
                .isEqualTo(401);
    }

    @Test
    void a_token_that_never_expires_is_refused() {
        Map<String, Object> claims = claims(Map.of());
        claims.remove("exp");

        assertThat(status(ISSUER.token("JWT", claims))).isEqualTo(401);
    }

    @Test
    void a_token_for_somebody_else_is_refused() {
        assertThat(status(ISSUER.token("JWT", claims(Map.of("aud", "another")))))
                .isEqualTo(401);
    }

    @Test
    void a_token_that_names_another_issuer_is_refused() {
        assertThat(status(ISSUER.token("JWT", claims(Map.of("iss", IMPOSTOR.address())))))
                .isEqualTo(401);
    }

    @Test
    void a_token_that_another_key_signed_is_refused() {
        assertThat(status(IMPOSTOR.token("JWT", claims(Map.of())))).isEqualTo(401);
    }

    @Test
    void a_token_that_nobody_signed_is_refused() {
        String payload = ISSUER.token("JWT", claims(Map.of())).split("\\.")[1];
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(status(header + "." + payload + ".")).isEqualTo(401);
    }

    @Test
    void a_token_that_was_made_for_a_login_is_no_key_to_the_interfaces() {
        assertThat(status(ISSUER.token("JWT", claims(Map.of("typ", "ID"))))).isEqualTo(401);
        assertThat(status(ISSUER.token("JWT", claims(Map.of("nonce", "once"))))).isEqualTo(401);
        assertThat(status(ISSUER.token("logout+jwt", claims(Map.of("events", Map.of(EVENT, Map.of()))))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users", "/", "/actuator/prometheus", "/credentials/test/shop/db/app"})
    void a_token_opens_no_page(String path) {
        HttpResponse<String> answer = new Visitor(port)
                .with("Authorization", "Bearer " + ISSUER.token("JWT", claims(Map.of())))
                .get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_refused_token_is_answered_as_the_standard_has_it() {
        HttpResponse<String> refused = get("no token at all");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(get(IMPOSTOR.token("JWT", claims(Map.of()))).headers().allValues("WWW-Authenticate"))
                .contains("Bearer realm=\"Lockstep\", error=\"invalid_token\"");
    }

    @Test
    void a_logout_token_ends_the_sessions_that_it_names_and_no_others() {
        SignedInUser user = person("logout-1");
        String ended = sessions.begin(user, "there-1", "192.0.2.1", "test", null);
        String other = sessions.begin(user, "there-2", "192.0.2.1", "test", null);

        assertThat(logOut(logoutClaims(Map.of("sid", "there-1"))).statusCode()).isEqualTo(200);

        assertThat(sessions.use(ended)).isEmpty();
        assertThat(sessions.use(other)).isPresent();
        assertThat(trail.events.toString()).contains("logout.provider");
    }

    @Test
    void a_logout_token_without_a_session_ends_all_of_its_person() {
        SignedInUser user = person("logout-2");
        String first = sessions.begin(user, "there-3", "192.0.2.1", "test", null);
        String stranger = sessions.begin(person("logout-3"), "there-4", "192.0.2.1", "test", null);

        assertThat(logOut(logoutClaims(Map.of("sub", "logout-2"))).statusCode()).isEqualTo(200);

        assertThat(sessions.use(first)).isEmpty();
        assertThat(sessions.use(stranger)).isPresent();
    }

    @Test
    void what_is_no_logout_token_ends_nothing() {
        SignedInUser user = person("logout-4");
        String session = sessions.begin(user, "there-5", "192.0.2.1", "test", null);
        Map<String, Object> right = logoutClaims(Map.of("sid", "there-5"));

        Map<String, Object> nameless = logoutClaims(Map.of());
        Map<String, Object> elsewhere = new HashMap<>(right);
        elsewhere.put("aud", "another");
        Map<String, Object> ofLogin = new HashMap<>(right);
        ofLogin.put("nonce", "once");
        Map<String, Object> eventless = new HashMap<>(right);
        eventless.remove("events");

        for (Map<String, Object> claims : List.of(nameless, elsewhere, ofLogin, eventless)) {
            HttpResponse<String> answer = logOut(claims);
            assertThat(answer.statusCode()).as(claims.toString()).isEqualTo(400);
        }
        assertThat(new Visitor(port).form("/logout/oidc", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(new Visitor(port)
                        .form("/logout/oidc", Map.of("logout_token", IMPOSTOR.token("logout+jwt", right)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sessions.use(session)).isPresent();
    }

    @Test
    void the_login_page_leads_to_the_provider() {
        HttpResponse<String> page = new Visitor(port).browser().get("/login");

        assertThat(page.body()).contains("Log in with your organisation").contains("/oauth2/authorization/oidc");
        HttpResponse<String> there = new Visitor(port).browser().get("/oauth2/authorization/oidc");
        assertThat(there.headers().firstValue("Location").orElseThrow())
                .startsWith(ISSUER.address() + "/authorize?")
                .contains("code_challenge_method=S256")
                .contains("nonce=")
                .contains("state=");
    }

    private SignedInUser person(String subject) {
        assertThat(status(ISSUER.token("JWT", claims(Map.of("sub", subject, "preferred_username", subject)))))
                .isEqualTo(200);
        return SignedInUser.of(users.findProvided(ISSUER.address(), subject).orElseThrow());
    }

    private static Map<String, Object> logoutClaims(Map<String, Object> special) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss", ISSUER.address(), "aud", "lockstep", "iat", Instant.now().getEpochSecond(), "jti", "once"));
        claims.put("events", Map.of(EVENT, Map.of()));
        claims.putAll(special);
        return claims;
    }

    private HttpResponse<String> logOut(Map<String, Object> claims) {
        return new Visitor(port).form("/logout/oidc", Map.of("logout_token", ISSUER.token("logout+jwt", claims)));
    }

    private static Map<String, Object> claims(Map<String, Object> special) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                ISSUER.address(),
                "sub",
                "of-paul",
                "aud",
                List.of("lockstep", "more"),
                "iat",
                now,
                "exp",
                now + 300,
                "preferred_username",
                "Paul",
                "name",
                "Paul Example",
                "groups",
                List.of("operators")));
        claims.putAll(special);
        return claims;
    }

    private int status(String token) {
        return get(token).statusCode();
    }

    private HttpResponse<String> get(String token) {
        return new Visitor(port).with("Authorization", "Bearer " + token).get("/api/v1/credentials");
    }

    private int rotate(String token, String environment) {
        return new Visitor(port)
                .with("Authorization", "Bearer " + token)
                .json("POST", "/api/v1/credentials/" + environment + "/shop/db/app/rotations", "{}")
                .statusCode();
    }
}
