package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class InventoryApiTest {

    private static final String IMPORT = "/api/v1/inventory/import";
    private static final String EXPORT = "/api/v1/inventory/export";

    private final int port;

    InventoryApiTest(@LocalServerPort int port) {
        this.port = port;
    }

    private Visitor as(String user) {
        return new Visitor(port).basic(user, Samples.PASSWORD);
    }

    private HttpResponse<String> post(String user, String path, String type, String body) throws Exception {
        String login =
                Base64.getEncoder().encodeToString((user + ":" + Samples.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Basic " + login)
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"text/csv, CSV", "text/csv;charset=utf-8, CSV", "application/json, JSON", "application/yaml, YAML"})
    void a_file_is_read_by_its_type(String type, String format) throws Exception {
        HttpResponse<String> answer = post("operator", IMPORT, type, "prod/shop/postgres/one");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode draft = Api.json(answer);
        assertThat(draft.path("credentials").asInt()).isOne();
        assertThat(draft.path("documents").asText()).isEqualTo(format + "\nprod/shop/postgres/one");
    }

    @Test
    void a_dry_run_tells_only_whether_it_is_in_order() throws Exception {
        JsonNode draft = Api.json(post("operator", IMPORT + "?dryRun=true", "text/csv", "a\nb"));

        assertThat(draft.path("credentials").asInt()).isEqualTo(2);
        assertThat(draft.has("documents")).isFalse();
    }

    @Test
    void errors_are_told_with_line_column_and_field() throws Exception {
        HttpResponse<String> answer = post("operator", IMPORT, "text/csv", "a\nb/../c");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Api.json(answer);
        assertThat(problem.path("field").asText()).isEqualTo("name");
        assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(2);
        assertThat(problem.at("/errors/0/column").asInt()).isOne();
        assertThat(problem.at("/errors/0/advice").asText()).isNotBlank();
    }

    @Test
    void everybody_with_a_role_takes_lists_in_which_changes_nothing_and_exports() throws Exception {
        assertThat(post("viewer", IMPORT, "text/csv", "a").statusCode()).isNotEqualTo(403);
        assertThat(new Visitor(port).json("POST", IMPORT, "[]").statusCode()).isEqualTo(401);
        assertThat(as("viewer").get(EXPORT).statusCode()).isEqualTo(200);
        assertThat(new Visitor(port).get(EXPORT).statusCode()).isEqualTo(401);
    }

    @Test
    void a_body_of_50_megabytes_and_another_type_are_refused() throws Exception {
        assertThat(post("operator", IMPORT, "text/csv", "x".repeat(50_000_000)).statusCode())
                .isEqualTo(413);
        assertThat(post("operator", IMPORT, "text/html", "x").statusCode()).isEqualTo(415);
        assertThat(post("operator", IMPORT, "nonsense", "x").statusCode()).isIn(400, 415);
    }

    @ParameterizedTest
    @CsvSource({"csv, text/csv", "json, application/json", "yaml, application/yaml"})
    void an_export_is_a_file(String format, String type) {
        HttpResponse<String> answer = as("viewer").get(EXPORT + "?format=" + format);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=lockstep-inventory." + format);
        assertThat(answer.body()).startsWith(format.toUpperCase(Locale.ROOT)).contains("prod/");
    }

    @Test
    void another_format_is_refused() {
        HttpResponse<String> answer = as("viewer").get(EXPORT + "?format=xlsx");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"format\"");
    }
}
