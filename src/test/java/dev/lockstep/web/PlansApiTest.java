package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How plans are sent, looked at and applied. */
@WebTest
class PlansApiTest {

    private static final String PLANS = "/api/v1/plans";

    private final int port;
    private final Api designer;
    private final Api administrator;
    private final PaperConfigurations paper;

    PlansApiTest(@LocalServerPort int port, @Autowired PaperConfigurations paper) {
        this.port = port;
        this.designer = new Api(new Visitor(port).basic("designer", Samples.PASSWORD));
        this.administrator = new Api(new Visitor(port).basic("administrator", Samples.PASSWORD));
        this.paper = paper;
    }

    private HttpResponse<String> send(String query, @Nullable String type, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + PLANS + query))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                ("designer:" + Samples.PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String query, @Nullable String type, String body) {
        return send(query, type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void without_a_body_the_files_of_the_node_are_planned() {
        HttpResponse<String> answer = send("", null, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(paper.last().files()).isNull();
        JsonNode plan = Api.json(answer);
        assertThat(plan.at("/id").asText()).isEqualTo(PaperConfigurations.OPEN);
        assertThat(plan.at("/status").asText()).isEqualTo("open");
        assertThat(plan.at("/summary/removed").asInt()).isEqualTo(1);
        assertThat(plan.at("/changes/1/fields/0/before").asText()).isEqualTo("4");
        assertThat(plan.at("/changes/1/fields/1/hidden").asBoolean()).isTrue();
        assertThat(plan.at("/changes/1/fields/1").has("after")).isFalse();
        assertThat(plan.at("/changes/2/action").asText()).isEqualTo("reschedule");
        assertThat(plan.at("/load/0/peakAfter").asInt()).isEqualTo(5);
    }

    @Test
    void files_are_sent_as_json_yaml_or_zip() throws IOException {
        assertThat(send("?commit=8c1f0c3&merge=true", "application/json", "{\"policies/a.yaml\": \"kind: Policy\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(paper.last().merge()).isTrue();
        assertThat(paper.last().commit()).isEqualTo("8c1f0c3");
        assertThat(Objects.requireNonNull(paper.last().files())).containsOnlyKeys("policies/a.yaml");

        assertThat(send("", "application/yaml", "kind: Policy").statusCode()).isEqualTo(201);
        assertThat(Objects.requireNonNull(paper.last().files())).containsOnlyKeys("posted.yaml");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("targets/"));
            zip.putNextEntry(new ZipEntry("targets/db.yaml"));
            zip.write("kind: Target".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("README.md"));
        }
        assertThat(send("", "application/zip", bytes.toByteArray()).statusCode())
                .isEqualTo(201);
        assertThat(Objects.requireNonNull(paper.last().files())).containsOnlyKeys("targets/db.yaml");
    }

    @Test
    void a_body_of_a_megabyte_is_taken_and_one_of_forty_is_not() {
        String megabyte = "# " + "x".repeat(1024 * 1024);
        assertThat(send("", "application/yaml", megabyte).statusCode()).isEqualTo(201);

        HttpResponse<String> refused = send("", "application/zip", new byte[40 * 1024 * 1024]);

        designer.refused(refused, 413, "body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "\"text\"",
                "{\"a.yaml\": 3}",
                "{\"a.yaml\": {\"kind\": \"Policy\"}}",
                "{\"../a.yaml\": \"x\"}",
                "{\"/etc/a.yaml\": \"x\"}",
                "{\"a.txt\": \"x\"}",
                "{\"a.yaml\": \"x\", \"a.yaml\": \"y\"}",
                "{\"a.yaml\": \"x\"} {}",
                "{}"
            })
    void what_is_no_map_of_files_is_refused(String body) {
        designer.refused(send("", "application/json", body), 400, "body");
    }

    @Test
    void other_oddities_are_named() {
        designer.refused(send("", "application/zip", "no zip"), 400, "body");
        designer.refused(send("", "text/html", "x"), 400, "Content-Type");
        designer.refused(send("", null, "x"), 400, "Content-Type");
        designer.refused(send("?merge=true", null, ""), 400, "merge");
        designer.refused(send("?merge=perhaps", null, ""), 400, "merge");
        designer.refused(send("?commit=HEAD", null, ""), 400, "commit");
        designer.refused(designer.visitor().get(PLANS + "/nonsense"), 400, "id");
        designer.refused(designer.visitor().get(PLANS + "/0000000000000000"), 404, null);
    }

    @Test
    void a_refused_candidate_is_answered_with_every_error_and_its_place() {
        JsonNode problem =
                designer.refused(send("", "application/json", "{\"broken.yaml\": \"kind: Policy\"}"), 422, null);

        JsonNode error = problem.at("/errors/0");
        assertThat(error.at("/file").asText()).isEqualTo("broken.yaml");
        assertThat(error.at("/line").asInt()).isEqualTo(3);
        assertThat(error.at("/column").asInt()).isEqualTo(17);
        assertThat(error.at("/field").asText()).isEqualTo("rotate.every");
        assertThat(error.at("/problem").asText()).isNotBlank();
        assertThat(error.at("/advice").asText()).isNotBlank();
    }

    @Test
    void an_administrator_applies_a_plan_and_a_stale_one_is_refused_with_what_changed() {
        String apply = PLANS + "/" + PaperConfigurations.OPEN + "/apply";
        designer.refused(designer.visitor().json("POST", apply, ""), 403, null);

        JsonNode applied = Api.json(administrator.visitor().json("POST", apply, ""));

        assertThat(applied.at("/plan").asText()).isEqualTo(PaperConfigurations.OPEN);
        assertThat(applied.at("/by").asText()).isEqualTo("administrator");
        assertThat(designer.get("/api/v1/configuration").at("/inForce/id").asInt())
                .isEqualTo(applied.at("/id").asInt());
        assertThat(designer.get("/api/v1/configuration/history").at("/0/plan").asText())
                .isEqualTo(PaperConfigurations.OPEN);
        JsonNode stale = administrator.refused(
                administrator.visitor().json("POST", PLANS + "/" + PaperConfigurations.STALE + "/apply", ""),
                409,
                null);
        assertThat(stale.at("/detail").asText()).contains("anna applied");
    }
}
