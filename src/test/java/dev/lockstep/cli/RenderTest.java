package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from a server with the documented routes of Vault's KV version 2 become files. */
class RenderTest {

    /** Everything that some reader of a file takes for something else. */
    private static final String AWKWARD = " a\\b'c\"d$e`f#g=h!i:jé\tk";

    private static final String TOKEN = "hvs.of-the-test";

    private final Path home;
    private final StandIn vault = StandIn.of(RenderTest::answer);
    private final Shell shell;

    RenderTest(@TempDir Path home) throws IOException {
        this.home = home;
        this.shell = new Shell(home).set("VAULT_ADDR", vault.address());
        shell.secret(".vault-token", TOKEN + "\n");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static StandIn.Answer answer(StandIn.Asked asked) {
        if (!TOKEN.equals(asked.token())) {
            return new StandIn.Answer(403, "{\"errors\":[\"permission denied\"]}");
        }
        return switch (asked.path()) {
            case "/v1/secret/data/prod/shop/pg/orders" -> kv("plain-and-simple");
            case "/v1/secret/data/prod/shop/pg/awkward" -> kv(AWKWARD);
            case "/v1/secret/data/prod/shop/pg/sealed" -> new StandIn.Answer(503, "{\"errors\":[\"Vault is sealed\"]}");
            default -> new StandIn.Answer(404, "{\"errors\":[]}");
        };
    }

    private static StandIn.Answer kv(String password) {
        JsonNode data = Json.object().put("username", "orders_app").put("password", password);
        var answer = Json.object().put("request_id", "1").put("lease_id", "").put("renewable", false);
        answer.putObject("data")
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("data", data)
                .putObject("metadata")
                .put("version", 4);
        return new StandIn.Answer(200, Json.compact(answer));
    }

    private Path goal() {
        return home.resolve("out/rendered");
    }

    @Test
    void a_template_is_filled_and_the_file_is_for_its_owner_only() throws IOException {
        Path template = shell.file("app.conf.tpl", """
                url = jdbc:postgresql://db/orders?user={{prod/shop/pg/orders#username}}
                password = {{ prod/shop/pg/orders }}
                json: {{ prod/shop/pg/awkward#password | json }}, {"untouched": {"a": 1}} {x}
                """, "rw-r--r--");

        Shell.Run run = shell.run("render", template.toString(), "--to", goal().toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(goal())
                .content()
                .contains("user=orders_app\n", "password = plain-and-simple\n", "{\"untouched\": {\"a\": 1}} {x}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(goal())))
                .isEqualTo("rw-------");
        assertThat(run.out() + run.err()).doesNotContain("plain-and-simple");
        assertThat(vault.asked())
                .as("each credential is read once, so that its fields belong together")
                .hasSize(2);
    }

    @Test
    void a_file_that_is_as_it_should_be_is_left_alone_and_another_one_is_replaced() throws IOException {
        String[] command = {"render", "--form", "env", "--set", "DB=prod/shop/pg/orders", "--to", goal().toString()};
        assertThat(shell.run(command).err()).contains("is written");
        var first = Files.getLastModifiedTime(goal());

        assertThat(shell.run(command).err()).contains("is as it should be");
        assertThat(Files.getLastModifiedTime(goal())).isEqualTo(first);

        Files.writeString(goal(), "DB=old\n");
        assertThat(shell.run(command).err()).contains("is written");
        assertThat(goal()).content().isEqualTo("DB=plain-and-simple\n");
    }

    @Test
    void a_shell_reads_exactly_the_value() throws Exception {
        render("env", "DB=prod/shop/pg/awkward", "PLAIN=prod/shop/pg/orders");

        Process bash = new ProcessBuilder("bash", "-c", ". \"$0\"; printf '%s' \"$DB\"", goal().toString()).start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(AWKWARD);
        assertThat(goal()).content().contains("PLAIN=plain-and-simple\n");
    }

    @Test
    void java_reads_exactly_the_value_from_properties() throws IOException {
        render("properties", "db.password=prod/shop/pg/awkward");

        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(goal())));
        assertThat(properties.getProperty("db.password")).isEqualTo(AWKWARD);
    }

    @Test
    void json_has_exactly_the_value() throws IOException {
        render("json", "password=prod/shop/pg/awkward", "user=prod/shop/pg/awkward#username");

        JsonNode json = Json.read(Files.readString(goal()));
        assertThat(json.path("password").asText()).isEqualTo(AWKWARD);
        assertThat(json.path("user").asText()).isEqualTo("orders_app");
    }

    @Test
    void kubernetes_gets_a_manifest() throws IOException {
        Shell.Run run = shell.run(
                "render",
                "--form",
                "kubernetes",
                "--secret-name",
                "orders-db",
                "--namespace",
                "shop",
                "--set",
                "password=prod/shop/pg/awkward",
                "--to",
                goal().toString());

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode manifest = Json.readYaml(Files.readString(goal()));
        assertThat(manifest.path("kind").asText()).isEqualTo("Secret");
        assertThat(manifest.at("/metadata/name").asText()).isEqualTo("orders-db");
        assertThat(manifest.at("/metadata/namespace").asText()).isEqualTo("shop");
        assertThat(new String(
                        Base64.getDecoder().decode(manifest.at("/data/password").asText()), StandardCharsets.UTF_8))
                .isEqualTo(AWKWARD);
    }

    private void render(String form, String... values) {
        String[] command = new String[5 + 2 * values.length];
        System.arraycopy(new String[] {"render", "--form", form, "--to", goal().toString()}, 0, command, 0, 5);
        for (int i = 0; i < values.length; i++) {
            command[5 + 2 * i] = "--set";
            command[6 + 2 * i] = values[i];
        }
        Shell.Run run = shell.run(command);
        assertThat(run.code()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X=prod/shop/pg/nobody | 4 | There is no value of prod/shop/pg/nobody",
                "X=prod/shop/pg/orders#pin | 4 | There is no field pin",
                "X=prod/shop/pg/sealed | 7 | does not serve now",
                "X=nonsense | 2 | is no credential",
                "1X=prod/shop/pg/orders | 2 | is no key",
                "X=prod/shop/pg/orders#a b | 2 | A value is named"
            })
    void what_cannot_be_read_leaves_the_former_file_as_it_is(String value, int code, String sentence)
            throws IOException {
        Files.createDirectories(home.resolve("out"));
        Files.writeString(goal(), "former");

        Shell.Run run = shell.run("render", "--form", "env", "--set", value, "--to", goal().toString());

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(sentence);
        assertThat(goal()).content().isEqualTo("former");
    }

    @ParameterizedTest
    @CsvSource({"{{ nonsense }}, 2", "{{ prod/shop/pg/orders | xml }}, 2", "{{ }}, 2"})
    void a_malformed_place_is_refused_with_its_line(String place, int code) {
        Path template = shell.file("t", "one\n" + place + "\n", "rw-r--r--");

        Shell.Run run = shell.run("render", template.toString(), "--to", "-");

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains("t:2: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_token_that_is_not_valid_is_refused_and_not_repeated() {
        Path other = shell.secret("other", "hvs.not-known");

        Shell.Run run = shell.run(
                "render",
                "--form",
                "env",
                "--set",
                "X=prod/shop/pg/orders",
                "--to",
                "-",
                "--vault-token-file",
                other.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).doesNotContain("hvs.");
        assertThat(shell.run("render", "--form", "env", "--set", "X=prod/shop/pg/orders", "--to", "-", "--mode", "0644")
                        .code())
                .isEqualTo(2);
    }
}
