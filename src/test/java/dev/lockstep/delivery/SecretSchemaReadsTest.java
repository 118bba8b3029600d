package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.RefusedConfiguration;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Programs that read the same credential in different versions of its schema, over HTTP, with a real database. */
class SecretSchemaReadsTest {

    private static final CredentialName ODD = CredentialName.of("test/shop/postgres/odd");
    private static final String ODD_PASSWORD = "p$w{}${username}${env:PATH}\"'\\%41|:-&=?#@/+ ä€𝄞";

    private static final String V2 = """
              v2:
                user: ${username}
                password: ${password}
                host: ${target.host}
                port: ${target.port}
                database: ${account.database:-postgres}
                url: jdbc:postgresql://${target.host}:${target.port}/${account.database|url:-postgres}?user=${username|url}&password=${password|url}
            """;

    private static final String V1 = """
              v1:
                username: ${user}
                password: ${password}
            """;

    private static final String HEAD = """
            kind: SecretSchema
            name: database-user
            default: v1
            versions:
            """;

    private static final String IDENTITIES = """
            ---
            kind: Identity
            name: old-code
            consumer: web
            approle: {}
            reads: {credentials: [test/shop/*/*], labels: {service: shop}}
            schemas: [database-user/v1]
            ---
            kind: Identity
            name: new-code
            consumer: worker
            approle: {}
            reads: {credentials: [test/*/*/*], labels: {service: shop}}
            schemas: [database-user/v2]
            ---
            kind: Credential
            name: test/shop/api/key
            owner: shop
            class: api-user
            target: postgres
            store: embedded
            principal: nobody
            policy: single
            labels: {service: shop}
            """;

    private static final String ODD_CREDENTIAL = """
            ---
            kind: Credential
            name: test/shop/postgres/odd
            owner: shop
            class: database-user
            target: postgres
            store: embedded
            principal: %s
            policy: single
            labels: {service: shop}
            initial: "${file:%s}"
            """;

    private static DeliveryHouse house;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        // Readable by its owner only, as every temporary file.
        Path password = Files.writeString(Files.createTempFile(directory, "odd", ".password"), ODD_PASSWORD);
        PostgresServer server = PostgresServer.shared();
        String role = server.unique("odd");
        server.execute("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD '" + ODD_PASSWORD.replace("'", "''") + "'");
        house = DeliveryHouse.open(
                Map.of(), "---\n" + HEAD + V2 + V1 + IDENTITIES + ODD_CREDENTIAL.formatted(role, password));
        house.rotate(SINGLE);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static boolean logsIn(JsonNode second) {
        try (Connection connection =
                DriverManager.getConnection(second.path("url").asText())) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }

    private static List<String> fields(Reader.Answer answer) {
        List<String> fields = new ArrayList<>();
        answer.value().fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static String schema(Reader.Answer answer) {
        return answer.body().at("/data/metadata/custom_metadata/schema").asText();
    }

    @Test
    void eachReaderGetsTheVersionThatItsIdentityNames() {
        Reader.Answer old = house.reader("old-code").read(SINGLE);
        Reader.Answer recent = house.reader("new-code").read(SINGLE);
        Reader.Answer usual = house.reader("shop-web").read(SINGLE);

        assertThat(fields(old)).containsExactly("username", "password");
        assertThat(fields(usual)).containsExactly("username", "password");
        assertThat(fields(recent)).containsExactly("user", "password", "host", "port", "database", "url");
        assertThat(recent.version()).isEqualTo(old.version()).isEqualTo(usual.version());
        assertThat(recent.value().path("password"))
                .isEqualTo(old.value().path("password"))
                .isEqualTo(usual.value().path("password"));
        assertThat(recent.value().path("user")).isEqualTo(old.value().path("username"));
        assertThat(logsIn(recent.value())).isTrue();
        assertThat(schema(old)).isEqualTo("database-user/v1");
        assertThat(schema(recent)).isEqualTo("database-user/v2");
        assertThat(List.of(old, recent, usual))
                .allSatisfy(answer -> assertThat(answer.body()
                                .at("/data/metadata/custom_metadata/newest_schema")
                                .asText())
                        .isEqualTo("database-user/v2"));
    }

    @Test
    void aReaderAsksInThePathForAnotherOneThanItsIdentityNames() {
        Reader old = house.reader("old-code");

        assertThat(schema(old.read(SINGLE + "@v2"))).isEqualTo("database-user/v2");
        assertThat(schema(old.read(SINGLE + "%40v2"))).isEqualTo("database-user/v2");
        assertThat(schema(house.reader("new-code").read(SINGLE + "@v1"))).isEqualTo("database-user/v1");
        assertThat(schema(house.reader("shop-web").read(SINGLE + "@v2"))).isEqualTo("database-user/v2");
        assertThat(SpringVaultTest.reading(house, "old-code", SINGLE.value() + "@v2")
                        .get())
                .containsKeys("user", "url");
    }

    @Test
    void metadataTellsTheSameAndNoValue() {
        Reader old = house.reader("old-code");
        JsonNode own = old.get("secret/metadata/" + SINGLE).body().at("/data/custom_metadata");
        JsonNode asked = old.get("secret/metadata/" + SINGLE + "@v2").body().at("/data/custom_metadata");

        assertThat(own)
                .isEqualTo(JsonNodeFactory.instance
                        .objectNode()
                        .put("owner", "shop")
                        .put("schema", "database-user/v1")
                        .put("newest_schema", "database-user/v2"));
        assertThat(asked.path("schema").asText()).isEqualTo("database-user/v2");
        assertThat(old.get("secret/metadata/" + SINGLE + "@v9").status()).isEqualTo(404);
        assertThat(old.get("secret/metadata/test/shop/api/key").status()).isEqualTo(404);
    }

    @Test
    void aVersionThatIsNotThereIsRefusedAndCountsAsNoRead() {
        house.rotate(SINGLE);
        Reader old = house.reader("old-code");

        Reader.Answer missing = old.read(SINGLE + "@v3");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().path("errors").toString()).contains("no database-user/v3; known: [v1, v2]");
        assertThat(seen("web")).as("by web").isLessThan(house.current(SINGLE));
        for (String malformed : List.of("@", "@2", "@v0", "@v1@v2", "@v1/x", "@latest")) {
            assertThat(old.read(SINGLE + malformed).status()).as(malformed).isEqualTo(400);
        }
        assertThat(old.read("test/shop/api/key@v1").status())
                .as("its class has no schema")
                .isEqualTo(404);
        assertThat(old.read("test/shop/postgres/apart@v2").status()).isEqualTo(403);
        assertThat(old.read("test/shop/postgres/none@v2").status()).isEqualTo(403);
        assertThat(old.read(SINGLE).status()).isEqualTo(200);
        assertThat(seen("web")).isEqualTo(house.current(SINGLE));
    }

    private static int seen(String consumer) {
        return house.jdbc()
                .sql(
                        "SELECT COALESCE(MAX(seen_version), 0) FROM consumer WHERE credential = :name AND name = :consumer")
                .param("name", SINGLE.value())
                .param("consumer", consumer)
                .query(Integer.class)
                .single();
    }

    @Test
    void aStaticRoleHasUserNameAndPasswordAlways() {
        JsonNode data = house.reader("new-code")
                .get("database/static-creds/" + SINGLE)
                .body()
                .path("data");

        assertThat(data.fieldNames())
                .toIterable()
                .containsExactly("username", "password", "last_vault_rotation", "rotation_period", "ttl");
        assertThat(house.reader("new-code")
                        .get("database/static-creds/" + SINGLE + "@v2")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPasswordOfOddCharactersComesOutAsItIs() {
        JsonNode first = house.reader("old-code").read(ODD).value();
        JsonNode second = house.reader("new-code").read(ODD).value();

        assertThat(first.path("password").asText()).isEqualTo(ODD_PASSWORD);
        assertThat(second.path("password").asText()).isEqualTo(ODD_PASSWORD);
        assertThat(second.path("url").asText()).doesNotContain(ODD_PASSWORD);
        assertThat(logsIn(second)).as("with the password in a URL").isTrue();
    }

    @Test
    void duringRotationsAndGraceEachVersionIsReadInBothForms() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        house.rotateUntilPromoted(PAIR);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> readers = List.of(
                    threads.submit(() -> consistent("new-code", over)),
                    threads.submit(() -> consistent("old-code", over)),
                    threads.submit(() -> consistent("shop-report", over)));
            for (int i = 0; i < 3; i++) {
                DeliveryHouse.await("quiet", () -> house.idle(PAIR));
                house.rotateUntilPromoted(PAIR);
            }
            DeliveryHouse.await("quiet", () -> house.idle(PAIR));
            over.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        Reader stays = house.reader("shop-report");
        stays.read(PAIR);
        int previous = house.current(PAIR);
        house.rotateUntilPromoted(PAIR);

        JsonNode first = versioned("old-code", previous).value();
        JsonNode second = versioned("new-code", previous).value();
        assertThat(fields(versioned("old-code", previous))).containsExactly("username", "password");
        assertThat(second.path("user")).isEqualTo(first.path("username"));
        assertThat(second.path("password")).isEqualTo(first.path("password"));
        assertThat(logsIn(second)).as("the previous account, during its grace").isTrue();
        assertThat(second.path("user"))
                .isNotEqualTo(house.reader("new-code").read(PAIR).value().path("user"));
    }

    private static Reader.Answer versioned(String identity, int version) {
        return house.reader(identity).get("secret/data/" + PAIR + "?version=" + version);
    }

    /** Reads in both forms, and returns how often; whatever is read fits together and logs in. */
    private static int consistent(String identity, AtomicBoolean over) {
        Reader reader = house.reader(identity);
        int reads = 0;
        while (!over.get()) {
            Reader.Answer second = reader.read(PAIR + "@v2");
            JsonNode value = second.value();
            assertThat(second.status()).isEqualTo(200);
            assertThat(value.path("url").asText())
                    .contains("user=" + value.path("user").asText() + "&")
                    .endsWith("password=" + value.path("password").asText());
            Reader.Answer first = reader.get("secret/data/" + PAIR + "@v1?version=" + second.version());
            if (first.status() == 200) {
                assertThat(first.version()).isEqualTo(second.version());
                assertThat(first.value().path("username")).isEqualTo(value.path("user"));
                assertThat(first.value().path("password")).isEqualTo(value.path("password"));
            }
            reads++;
        }
        return reads;
    }

    @Test
    void aNewVersionIsPublishedUnderItsReadersOnBothNodes() {
        Configurations desk = house.bean(Configurations.class);
        String third = """
                  v3:
                    login: ${username}
                    secret: ${password}
                    host: ${target.host}
                    port: ${target.port}
                    name: ${account.database:-postgres}
                """;
        String second = V2.replace("${username", "${login")
                .replace("${password", "${secret")
                .replace("${target.", "${")
                .replace("${account.database:-postgres}", "${name}")
                .replace("${account.database|url:-postgres}", "${name|url}");

        try (ConfigurableApplicationContext other = house.anotherNode()) {
            assertThatThrownBy(() -> desk.plan(candidate(HEAD + third + V1), "anna"))
                    .isInstanceOfSatisfying(
                            RefusedConfiguration.class,
                            refused -> assertThat(refused.flaws())
                                    .extracting(flaw -> flaw.field())
                                    .contains("versions.v1.username", "schemas[0]"));
            Configurations.Plan plan = desk.plan(candidate(HEAD + third + second + V1), "anna");
            assertThat(plan.changes())
                    .extracting(Configurations.Change::kind, Configurations.Change::name)
                    .containsExactly(tuple("secret-schema", "database-user"));
            house.reader("old-code").read(SINGLE + "@v2");
            house.reader("shop-web").read(SINGLE);
            DeliveryHouse.await("the record of who reads what", () -> {
                String note = String.valueOf(desk.plan(candidate(HEAD + third + second + V1), "anna")
                        .changes()
                        .get(0)
                        .note());
                return note.matches("within 30 days v1 was read by .*shop-web; v2 was read by .*old-code.*");
            });
            JsonNode before = house.reader("new-code").read(SINGLE).value();
            desk.apply(plan, "anna");

            Reader here = house.reader("new-code");
            Reader there = Reader.at(DeliveryHouse.port(other)).logIn("new-code", house.secretId("new-code"));
            DeliveryHouse.await(
                    "the other node", () -> there.read(SINGLE + "@v3").status() == 200);
            for (Reader reader : List.of(here, there)) {
                assertThat(reader.read(SINGLE).value()).isEqualTo(before);
                assertThat(fields(reader.read(SINGLE + "@v1"))).containsExactly("username", "password");
                assertThat(fields(reader.read(SINGLE + "@v3")))
                        .containsExactly("login", "secret", "host", "port", "name");
                assertThat(reader.read(SINGLE)
                                .body()
                                .at("/data/metadata/custom_metadata/newest_schema")
                                .asText())
                        .isEqualTo("database-user/v3");
            }
        }
    }

    /** The files in force with another schema, which stands at the end of the one file there is. */
    private static Configurations.Candidate candidate(String schema) {
        String changed = house.configuration()
                .replaceFirst("(?s)kind: SecretSchema\n.*?\n---\n", Matcher.quoteReplacement(schema + "---\n"));
        return new Configurations.Candidate(Map.of("house.yaml", changed.getBytes(StandardCharsets.UTF_8)), true, null);
    }
}
