package dev.lockstep.designer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A designer changes the rotation and deploys it with the calls that Camunda Modeler makes. */
@DesignerTest
class ModelerWalkTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "long enough to pass";

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @Autowired
    UserAdministration users;

    @Autowired
    AdoptCredentials adopt;

    @Autowired
    JdbcClient database;

    @DynamicPropertySource
    static void shop(DynamicPropertyRegistry registry) {
        new Shop(directory).open(registry, "old", "fresh");
    }

    @BeforeEach
    void aDesignerAndAnOperator() {
        if (as("dora").get("/engine-rest/version").statusCode() == 401) {
            users.create("test", "dora", "Dora Designer", SecretValue.of(PASSWORD), Set.of(Role.DESIGNER));
            users.create("test", "olga", "Olga Operator", SecretValue.of(PASSWORD), Set.of(Role.OPERATOR));
            adopt.run();
        }
    }

    private Visitor as(String user) {
        return new Visitor(port).basic(user, PASSWORD);
    }

    /** What the Modeler sends when its user presses Deploy. */
    private HttpResponse<String> deploy(String user, Changes model) {
        return as(user).upload(
                        "/engine-rest/deployment/create",
                        Map.of(
                                "deployment-name", "rotation",
                                "deployment-source", "Camunda Modeler",
                                "deploy-changed-only", "true"),
                        Map.of("rotation.bpmn", model.xml()));
    }

    @Test
    void theModelerFindsItsEngineAndLogsIn() throws IOException {
        HttpResponse<String> version = as("dora").get("/engine-rest/version");
        assertThat(version.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(version.body()).path("version").asText()).startsWith("7.24.");
        HttpResponse<String> check = as("dora").get("/engine-rest/deployment?maxResults=0");
        assertThat(check.statusCode()).isEqualTo(200);
        assertThat(check.body()).isEqualTo("[]");
        assertThat(new Visitor(port).get("/engine-rest/deployment?maxResults=0").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aChangedTimerAndAnAddedStepRunForNewOperationsWhileAnOldOneFinishesOnTheFormerVersion() throws Exception {
        String before = rotate("old");
        await(() -> waitsFor(before).startsWith("the end of the grace"));

        Changes changed = Changes.of("rotation")
                .versionTag("1.1")
                .replace("tFormalExpression\">${grace}<", "tFormalExpression\">PT2S<")
                .insert(
                        "tell-group",
                        "Tell the shop",
                        Map.of("sentence", "The new password is in use.", "severity", "low"),
                        "R5",
                        "PropagateVersion");
        HttpResponse<String> deployed = deploy("dora", changed);
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
        assertThat(JSON.readTree(deployed.body())
                        .at("/deployedProcessDefinitions")
                        .size())
                .isEqualTo(1);

        // The newest version is remembered for a few seconds.
        Thread.sleep(5_500);
        String after = rotate("fresh");
        await(() -> operation(after).path("outcome").asText().equals("rotated"));
        assertThat(operation(after).path("version").asText()).isEqualTo("rotation@1.1");
        assertThat(told()).containsExactly("shop, low: test/shop/pg/fresh: The new password is in use.");

        assertThat(operation(before).path("status").asText()).isEqualTo("running");
        HttpResponse<String> moved = as("olga")
                .json("PUT", "/api/v1/credentials/test/shop/pg/old/consumers/web/acknowledgement", "{\"version\": 2}");
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(204);
        await(() -> operation(before).path("outcome").asText().equals("rotated"));
        assertThat(operation(before).path("version").asText()).isEqualTo("rotation@1.0.0");
        assertThat(told()).as("the former version tells nobody").hasSize(1);
    }

    @Test
    void aModelWithAScriptTaskIsRefusedWithASentenceAtTheElement() throws IOException {
        Changes scripted = Changes.of("rotation")
                .replace(
                        "<bpmn:serviceTask id=\"OpenGrace\" name=\"Open grace period\""
                                + " camunda:delegateExpression=\"${openGraceDelegate}\">",
                        "<bpmn:scriptTask id=\"OpenGrace\" name=\"Open grace period\" scriptFormat=\"groovy\">")
                .replace(
                        "<bpmn:outgoing>GraceKnown</bpmn:outgoing>\n    </bpmn:serviceTask>",
                        "<bpmn:outgoing>GraceKnown</bpmn:outgoing><bpmn:script>next = 'RETIRE'</bpmn:script>"
                                + "</bpmn:scriptTask>");
        HttpResponse<String> refused = deploy("dora", scripted);
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode body = JSON.readTree(refused.body());
        assertThat(body.path("type").asText()).isEqualTo("ParseException");
        assertThat(body.path("message").asText())
                .contains("'rotation.bpmn' is refused")
                .contains("script tasks are not run; name a delegate of Lockstep by delegateExpression instead")
                .contains("(at 'OpenGrace')");
        JsonNode error = body.at("/details").path("rotation.bpmn").at("/errors/0");
        assertThat(error.path("message").asText()).startsWith("script tasks are not run");
        assertThat(error.path("mainElementId").asText()).isEqualTo("OpenGrace");
    }

    @Test
    void aModelIsTriedOutWithoutTouchingAnythingReal() throws IOException {
        String before = as("olga").get("/api/v1/operations").body();
        HttpResponse<String> answer = as("dora")
                .upload(
                        "/api/v1/processes/dry-run",
                        Map.of("plan", "{\"failures\": {\"ApplyToTarget\": {\"times\": 1}}}"),
                        Map.of(
                                "model=rotation.bpmn",
                                Changes.of("rotation").versionTag("0.2").xml()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode run = JSON.readTree(answer.body());
        assertThat(run.path("state").asText()).isEqualTo("ended");
        assertThat(run.path("outcome").asText()).isEqualTo("rotated");
        assertThat(run.path("path").findValuesAsText("problem")).contains("planned failure 1 of 'ApplyToTarget'");
        assertThat(as("olga").get("/api/v1/operations").body()).isEqualTo(before);
        assertThat(as("dora").get("/api/v1/processes/rotation/versions").body()).doesNotContain("\"0.2\"");
        assertThat(as("dora").get("/engine-rest/engine").body()).isEqualTo("[{\"name\":\"default\"}]");
    }

    @Test
    void nobodyButDesignersAndAdministratorsDeploys() {
        assertThat(deploy("olga", Changes.of("rotation").versionTag("0.1")).statusCode())
                .isEqualTo(403);
    }

    private String rotate(String credential) throws IOException {
        HttpResponse<String> answer = as("olga")
                .json(
                        "POST",
                        "/api/v1/credentials/test/shop/pg/" + credential + "/rotations",
                        "{\"reason\": \"a test\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private JsonNode operation(String id) {
        try {
            return JSON.readTree(as("olga").get("/api/v1/operations/" + id).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> told() {
        return database.sql("SELECT recipients, severity, subject FROM notice WHERE kind = 'process.note'")
                .query((row, number) -> row.getString(1) + ", " + row.getString(2) + ": " + row.getString(3))
                .list();
    }

    private String waitsFor(String id) {
        return operation(id).path("waitsFor").asText();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }
}
