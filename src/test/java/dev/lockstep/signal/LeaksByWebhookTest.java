package dev.lockstep.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Incidents;
import dev.lockstep.signal.webhook.Senders;
import dev.lockstep.testing.PostgresServer;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * From the report that another system sends by itself to the proof that the password is dead: the whole application.
 */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "lockstep.generate-kek=true",
            "lockstep.minimum-interval=PT1S",
            "lockstep.models-dir=target/no-models",
            "lockstep.outbound.allow=loopback"
        })
class LeaksByWebhookTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Senders SENDERS = new Senders();
    private static final String ADMIN = SERVER.unique("hook_admin");
    private static final String ADMIN_PASSWORD = "the-administrators-own";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Map<String, String> ROLES = new LinkedHashMap<>();

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void shop(DynamicPropertyRegistry registry) throws IOException {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'",
                "GRANT pg_signal_backend TO " + ADMIN);
        String database = SERVER.createDatabase("hook_ledger");
        StringBuilder house = new StringBuilder("""
                kind: Policy
                name: quick
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT0S, laggards: retire-anyway}
                ---
                kind: Target
                name: pg
                type: postgresql
                settings: {host: localhost, port: %d, database: postgres, admin: %s, password: "%s"}
                ---
                kind: Store
                name: main
                type: embedded
                """.formatted(SERVER.port(), ADMIN, secret("admin", ADMIN_PASSWORD)));
        for (String name : List.of("partner", "alerts", "gitguardian", "guardduty", "standard", "gitleaks")) {
            house.append(credential(name));
        }
        String key = secret("key", SECRET);
        house.append("""
                ---
                {kind: SignalSource, name: partner, type: github-partner, settings: {keys: "%s", feedback: true}}
                ---
                {kind: SignalSource, name: alerts, type: github-alerts, settings: {secret: "%2$s"},
                 about: [{place: acme/shop, credentials: [test/shop/pg/alerts]}]}
                ---
                {kind: SignalSource, name: gitguardian, type: gitguardian, settings: {secret: "%2$s"},
                 about: [{type: "postgres*", credentials: [test/shop/pg/gitguardian]}]}
                ---
                {kind: SignalSource, name: guardduty, type: guardduty, settings: {secret: "%2$s"}}
                ---
                {kind: SignalSource, name: standard, type: standard-webhooks, settings: {secret: "%2$s"}}
                """.formatted(SENDERS.url(), key));
        Files.createDirectory(directory.resolve("config"));
        Files.writeString(directory.resolve("config/house.yaml"), house);
        registry.add("lockstep.config-dir", () -> directory.resolve("config").toString());
        registry.add("lockstep.data-dir", () -> directory.resolve("data").toString());
        registry.add("spring.datasource.url", () -> SERVER.url(database));
        registry.add("spring.datasource.username", SERVER::superuser);
        registry.add("spring.datasource.password", SERVER::superuserPassword);
    }

    private static String credential(String name) throws IOException {
        String role = SERVER.unique("hook_" + name);
        ROLES.put(name, role);
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + password(name) + "'",
                "GRANT " + role + " TO " + ADMIN + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        return """
                ---
                {kind: Credential, name: test/shop/pg/%s, owner: shop, class: database-user, target: pg, store: main,
                 principal: %s, policy: quick, initial: "%s"}
                """.formatted(name, role, secret(name, password(name)));
    }

    private static String password(String name) {
        return "in-use-until-it-leaked-" + name;
    }

    private static String secret(String name, String value) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
        return "${file:" + file + "}";
    }

    @BeforeAll
    static void adopt(@Autowired AdoptCredentials adopt, @Autowired UserAdministration users) {
        adopt.run();
        users.create("test", "sec", "sec", SecretValue.of("long enough to pass"), Set.of(Role.SECURITY));
    }

    @AfterAll
    static void stop() {
        SENDERS.close();
    }

    @Test
    void a_password_that_github_finds_in_public_is_dead_and_github_is_told_that_it_was_genuine() {
        KeyPair pair = SENDERS.publish("key-1");
        String body = "[{\"token\":\"" + password("partner")
                + "\",\"type\":\"shop_password\",\"url\":\"https://github.com/a/b\","
                + "\"source\":\"content\"},{\"token\":\"not-ours\",\"type\":\"shop_password\",\"url\":\"\"}]";

        HttpResponse<String> answer = deliver("partner", Senders.partner("key-1", pair, body), body);

        assertThat(answer.body())
                .contains("\"label\":\"true_positive\"", "\"label\":\"false_positive\"", "token_hash")
                .doesNotContain("not-ours")
                .doesNotContain(password("partner"));
        dies("partner");
    }

    @Test
    void an_alert_of_a_repository_kills_the_password_that_is_used_there() {
        String body = """
                {"action": "created", "alert": {"secret_type": "postgres", "validity": "active", "publicly_leaked": true,
                 "html_url": "https://github.com/acme/shop/security/secret-scanning/42"},
                 "repository": {"full_name": "acme/shop", "visibility": "public"}}""";
        deliver("alerts", Senders.alert(SECRET, body), body);
        dies("alerts");
    }

    @Test
    void an_incident_of_gitguardian_kills_the_password_that_it_is_about() {
        String body = """
                {"source": "GitGuardian", "action": "incident_triggered", "incident": {"detector": {"name": "postgresql_uri"},
                 "validity": "valid", "tags": ["PUBLICLY_EXPOSED"], "gitguardian_url": "https://dashboard.gitguardian.com/i/1"}}""";
        deliver("gitguardian", Senders.gitGuardian(SECRET, Instant.now().getEpochSecond(), body), body);
        dies("gitguardian");
    }

    @Test
    void a_finding_of_guardduty_kills_what_the_misused_account_logs_in_with() {
        String body = """
                {"detail-type": "GuardDuty Finding", "detail": {"accountId": "1", "severity": 8,
                 "type": "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
                 "resource": {"accessKeyDetails": {"accessKeyId": "%s", "userName": "x"}}}}""".formatted(ROLES.get("guardduty"));
        deliver("guardduty", Map.of("x-api-key", SECRET), body);
        dies("guardduty");
    }

    @Test
    void a_report_by_standard_webhooks_kills_the_password_that_it_tells() {
        String body =
                "{\"type\": \"leak\", \"data\": {\"confidence\": \"confirmed\", \"exposure\": \"public\", \"leaked\": \""
                        + password("standard") + "\"}}";
        deliver("standard", Senders.standard(SECRET, "msg_1", Instant.now().getEpochSecond(), body), body);
        dies("standard");
    }

    @Test
    void a_hundred_thousand_findings_of_one_password_are_one_incident_and_its_end(@Autowired Incidents incidents) {
        int before = incidents.newest(500).size();
        String found =
                "{\"RuleID\":\"pg\",\"File\":\"app.yaml\",\"StartLine\":3,\"Secret\":\"postgres://x:%s@db/orders\"}"
                        .formatted(password("gitleaks"));
        String report = "[{\"RuleID\":\"npm\",\"File\":\"a.js\",\"Secret\":\"not-ours\"},"
                + (found + ",").repeat(99_999) + found + "]";

        HttpResponse<String> answer = new Visitor(port)
                .basic("sec", "long enough to pass")
                .json("POST", "/api/v1/signals/reports?format=gitleaks&exposure=internal", report);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"findings\":100001", "\"matched\":100000", "\"unknown\":1", "\"times\":100000")
                .contains("\"place\":\"app.yaml:3\"", "\"place\":\"a.js\"", "test/shop/pg/gitleaks")
                .doesNotContain(password("gitleaks"))
                .doesNotContain("not-ours");
        dies("gitleaks");
        assertThat(incidents.newest(500)).hasSize(before + 1);
    }

    private HttpResponse<String> deliver(String source, Map<String, String> headers, String body) {
        assertThat(SERVER.logsIn("postgres", String.valueOf(ROLES.get(source)), password(source)))
                .isTrue();
        Visitor sender = new Visitor(port);
        headers.forEach(sender::with);
        HttpResponse<String> answer = sender.json("POST", "/api/v1/hooks/" + source, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static void dies(String name) {
        Instant end = Instant.now().plusSeconds(60);
        while (SERVER.logsIn("postgres", String.valueOf(ROLES.get(name)), password(name))) {
            assertThat(Instant.now())
                    .as("the leaked password of %s still logs in", name)
                    .isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
