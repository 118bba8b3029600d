package dev.lockstep.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.SecretGenerator;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * After rotations that succeed, fail, are retried and rolled back, on the whole application, no secret stands in any
 * table, in the log, in the engine's history, in a form, or in anything that is answered over HTTP.
 */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:canary;DB_CLOSE_DELAY=-1",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.minimum-interval=PT1S",
            "lockstep.models-dir=target/no-models",
            "lockstep.audit.stream-interval=200ms",
            "logging.level.dev.lockstep=debug",
            "logging.level.org.springframework.jdbc.core=debug"
        })
@AutoConfigureObservability(tracing = false)
@Import(CanarySecretTest.Watched.class)
@ExtendWith(OutputCaptureExtension.class)
class CanarySecretTest {

    private static final SecretWitness WITNESS = new SecretWitness();
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String ADMIN = SERVER.unique("canary_admin");
    private static final String ADMIN_PASSWORD = "canary-of-the-administrator-7Kd83";
    private static final String WILLING = SERVER.unique("canary_willing");
    private static final String PAIR = SERVER.unique("canary_pair");
    private static final String REFUSING = SERVER.unique("canary_refusing");
    private static final String INITIAL = "canary-in-use-before-adoption-";

    @TempDir
    static Path directory;

    @TestConfiguration
    static class Watched {

        /** Every secret that is ever generated is known to the witness. */
        @Bean
        static BeanPostProcessor watchTheGenerator() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof SecretGenerator generator
                            ? (SecretGenerator) rules -> watched(generator, rules)
                            : bean;
                }
            };
        }

        private static SecretValue watched(SecretGenerator generator, SecretRules rules) {
            SecretValue secret = generator.generate(rules);
            WITNESS.saw(secret);
            return secret;
        }
    }

    @BeforeAll
    static void accounts() {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'",
                "CREATE ROLE " + WILLING + " LOGIN PASSWORD '" + INITIAL + WILLING + "'",
                "CREATE ROLE " + PAIR + " LOGIN PASSWORD '" + INITIAL + PAIR + "'",
                "CREATE ROLE " + REFUSING + " LOGIN PASSWORD '" + INITIAL + REFUSING + "'",
                "GRANT " + WILLING + ", " + PAIR + " TO " + ADMIN + " WITH ADMIN OPTION");
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                config.resolve("house.yaml"), """
                kind: Policy
                name: canary
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT1H}
                retries: {attempts: 2, backoff: [PT1S]}
                on-failure: {retry-later: {times: 0}}
                ---
                kind: Policy
                name: pair
                rotate: on-demand
                strategy: alternating
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT1S, laggards: retire-anyway}
                retries: {attempts: 2, backoff: [PT1S]}
                ---
                kind: Target
                name: pg
                type: postgresql
                settings: {host: localhost, port: %d, database: postgres, admin: %s, password: "%s"}
                ---
                kind: Store
                name: main
                type: embedded
                ---
                kind: SecretSchema
                name: database-user
                versions:
                  v2:
                    user: ${username}
                    password: ${password}
                    url: postgresql://${username|url}:${password|url}@${target.host}:${target.port}/postgres
                  v1:
                    username: ${user}
                    password: ${password}
                    jdbc-url: jdbc:${url}
                ---
                kind: Identity
                name: canary-reader
                approle: {}
                reads: {credentials: [test/canary/pg/*]}
                """.formatted(SERVER.port(), ADMIN, secret("admin", ADMIN_PASSWORD)));
        Files.writeString(
                config.resolve("credentials.yaml"),
                String.join(
                        "---\n",
                        credential("willing", WILLING, "principal: " + WILLING, "canary"),
                        credential("pair", PAIR, "principals: [" + PAIR + ", " + PAIR + "_b]", "pair"),
                        credential("refusing", REFUSING, "principal: " + REFUSING, "canary")));
        registry.add("lockstep.config-dir", config::toString);
        registry.add("lockstep.data-dir", () -> directory.resolve("data").toString());
        registry.add("lockstep.audit.streams.file.to", () -> "file:" + directory.resolve("handed-on/audit.jsonl"));
    }

    private static String credential(String name, String role, String principals, String policy) throws IOException {
        return """
                kind: Credential
                name: test/canary/pg/%s
                owner: canaries
                class: database-user
                target: pg
                store: main
                %s
                policy: %s
                initial: "%s"
                """.formatted(name, principals, policy, secret(role, INITIAL + role));
    }

    private static String secret(String name, String value) throws IOException {
        WITNESS.saw(value);
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
        return "${file:" + file + "}";
    }

    @LocalServerPort
    int port;

    @Autowired
    AdoptCredentials adopt;

    @Autowired
    Catalog catalog;

    @Autowired
    Rotations rotations;

    @Autowired
    Operations operations;

    @Autowired
    Versions versions;

    @Autowired
    SecretStores stores;

    @Autowired
    Escalations escalations;

    @Autowired
    MachineLogins logins;

    @Autowired
    DataSource database;

    @Test
    void noSecretIsAnywhereButEncryptedInItsStore(CapturedOutput log) throws Exception {
        adopt.run();
        Operation rolledBack = rotate("willing");
        await(() -> operations.get(rolledBack.id()).processInstance() != null);
        rotations.rollBack(rolledBack.id(), "tester");
        Operation paired = rotate("pair");
        Operation refused = rotate("refusing");
        await(() -> operations.get(paired.id()).outcome() == Outcome.ROTATED);
        await(() -> operations.get(rolledBack.id()).outcome() == Outcome.ROLLED_BACK);
        await(() -> !escalations.open(10).isEmpty());
        everySecretIsReallyKnown();
        everyVersionOfTheSchemaIsRead();
        whatIsInUseIsReportedAsLeaked();

        Map<String, String> tables = DatabaseDump.of(database);
        assertThat(tables).containsKeys("CREDENTIAL_VERSION", "EMBEDDED_SECRET", "AUDIT_EVENT", "ACT_HI_VARINST");
        tables.forEach((table, rows) -> assertThat(WITNESS.in(rows)).as(table).isEmpty());
        for (String path : surfaces(refused)) {
            assertThat(WITNESS.in(get(path))).as(path).isEmpty();
        }
        filesKnowNoSecret(directory.resolve("data"));
        filesKnowNoSecret(directory.resolve("handed-on"));
        assertThat(log.getAll()).contains(refused.label());
        assertThat(WITNESS.in(log.getAll())).as("log").isEmpty();
    }

    private Operation rotate(String what) {
        return rotations.rotate(CredentialName.of("test/canary/pg/" + what), false, "tester", "canary");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    /** What the stores hold was seen by the witness, so that not finding it means something. */
    private void everySecretIsReallyKnown() {
        assertThat(WITNESS.seen()).isGreaterThanOrEqualTo(7);
        catalog.credentials().forEach(credential -> {
            for (Version version : versions.list(credential.name())) {
                stores.store("main")
                        .read(version.ref())
                        .ifPresent(value -> assertThat(
                                        WITNESS.in(value.expose(bytes -> new String(bytes, StandardCharsets.UTF_8))))
                                .contains("plain"));
            }
        });
    }

    /** And refused: what is answered has a secret, and nothing that is left of it may. */
    private void everyVersionOfTheSchemaIsRead() throws IOException, InterruptedException {
        SecretValue secretId =
                logins.issue("canary-reader", Optional.empty(), "tester").secret();
        String login = secretId.expose(bytes -> "{\"role_id\": \"canary-reader\", \"secret_id\": \""
                + new String(bytes, StandardCharsets.US_ASCII) + "\"}");
        String token = deliver(HttpRequest.newBuilder(at("/v1/auth/approle/login"))
                        .POST(HttpRequest.BodyPublishers.ofString(login)))
                .body()
                .replaceAll("(?s).*\"client_token\":\"([^\"]+)\".*", "$1");
        WITNESS.saw(secretId);
        WITNESS.saw(token);
        for (String version : List.of("", "@v1", "@v2", "@v3", "@x")) {
            HttpResponse<String> answer =
                    deliver(HttpRequest.newBuilder(at("/v1/secret/data/test/canary/pg/pair" + version))
                            .header("X-Vault-Token", token));
            boolean there = !version.equals("@v3") && !version.equals("@x");
            assertThat(answer.statusCode() == 200).as(version).isEqualTo(there);
            assertThat(WITNESS.in(answer.body()).contains("plain")).as(version).isEqualTo(there);
        }
    }

    /** A scanner has found it; the report is answered, and the secret replaced. */
    private void whatIsInUseIsReportedAsLeaked() throws IOException, InterruptedException {
        CredentialName pair = CredentialName.of("test/canary/pg/pair");
        SecretRef inUse = stores.store("main").current(pair).orElseThrow();
        String value = stores.store("main")
                .read(inUse)
                .orElseThrow()
                .expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                ask(HttpRequest.newBuilder(at("/api/v1/signals/reports?format=gitleaks&exposure=internal"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "[{\"RuleID\": \"pg\", \"File\": \"app.yaml\", \"StartLine\": 3, \"Secret\": \"" + value
                                        + "\"}]")));
        assertThat(answer.body()).contains("\"matched\":1");
        assertThat(WITNESS.in(answer.body())).isEmpty();
        await(() -> stores.store("main")
                .current(pair)
                .filter(now -> !now.equals(inUse))
                .isPresent());
    }

    private static void filesKnowNoSecret(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(WITNESS.in(Files.readString(file, StandardCharsets.ISO_8859_1)))
                        .as("%s", file)
                        .isEmpty();
            }
        }
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> deliver(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<String> surfaces(Operation refused) {
        String task = escalations.open(10).get(0).id();
        return List.of(
                "/",
                "/credentials/test/canary/pg/refusing",
                "/runbook",
                "/api/v1/credentials",
                "/api/v1/credentials/test/canary/pg/willing",
                "/api/v1/credentials/test/canary/pg/willing/versions",
                "/api/v1/credentials/test/canary/pg/willing/operations",
                "/api/v1/operations/" + refused.id(),
                "/api/v1/tasks",
                "/api/v1/incidents",
                "/api/v1/audit/events?limit=1000",
                "/api/v1/audit/evidence?credential=test/canary/pg/pair",
                "/api/v1/audit/evidence.html?control=pci-dss-8.6.3",
                "/api/v1/audit/archives",
                "/api/v1/configuration",
                "/api/v1/forecast",
                "/api/v1/identities",
                "/api/v1/inventory/export",
                "/incidents",
                "/programs",
                "/programs/canary-reader",
                "/configuration",
                "/forecast",
                "/sessions",
                "/v3/api-docs",
                "/actuator/health",
                "/actuator/prometheus",
                "/engine-rest/task/" + task + "/form-variables",
                "/engine-rest/task/" + task + "/deployed-form",
                "/engine-rest/history/variable-instance?maxResults=500",
                "/engine-rest/history/activity-instance?maxResults=500",
                "/engine-rest/history/job-log?maxResults=500",
                "/engine-rest/history/user-operation?maxResults=500");
    }

    private String get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(at(path))).body();
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        String login = Files.readString(directory.resolve("data").resolve("initial-login"));
        String user = login.replaceAll("(?s)user: (\\S+).*", "$1");
        String password = login.replaceAll("(?s).*password: (\\S+).*", "$1");
        String basic = Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(request.header("Authorization", "Basic " + basic).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(200);
        return answer;
    }
}
