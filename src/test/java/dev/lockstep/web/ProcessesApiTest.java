package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Processes, their versions and roll-outs over HTTP and on their pages. */
@WebTest
class ProcessesApiTest {

    private static final String ROLLOUTS = "/api/v1/processes/rotation/rollouts";

    private final Api viewer;
    private final Api designer;
    private final int port;

    ProcessesApiTest(@LocalServerPort int port) {
        this.port = port;
        this.viewer = new Api(as("viewer"));
        this.designer = new Api(as("designer"));
    }

    private Visitor as(String role) {
        return new Visitor(port).basic(role, Samples.PASSWORD);
    }

    @Test
    void everybodySeesWhichProcessesAndVersionsAreDeployed() {
        assertThat(viewer.get("/api/v1/processes").findValuesAsText("process")).containsExactly("rotation", "schedule");
        JsonNode versions = viewer.get("/api/v1/processes/rotation/versions");
        assertThat(versions.findValuesAsText("versionTag")).containsExactly("1.1", "1.0");
        assertThat(versions.at("/1/running").asInt()).isEqualTo(4);
        viewer.refused(viewer.visitor().get("/api/v1/processes/unknown/versions"), 404, null);
    }

    @Test
    void aDesignerRollsOutWidensAndCompletes() {
        HttpResponse<String> opened = designer.visitor()
                .json("POST", ROLLOUTS, "{\"versionTag\": \"1.1\", \"share\": 5, \"minimumSample\": 3}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        JsonNode rollout = Api.json(opened);
        String path = ROLLOUTS + "/" + rollout.at("/id").asLong();
        assertThat(rollout.at("/formerTag").asText()).isEqualTo("1.0");
        assertThat(rollout.at("/minimumSample").asInt()).isEqualTo(3);
        assertThat(rollout.at("/tolerance").asInt()).isEqualTo(5);
        assertThat(rollout.at("/openedBy").asText()).isEqualTo("designer");
        assertThat(rollout.at("/runs/judged").asInt()).isZero();

        HttpResponse<String> widened = designer.visitor().json("PUT", path + "/share", "{\"share\": 20}");
        assertThat(Api.json(widened).at("/share").asInt()).isEqualTo(20);
        assertThat(as("viewer").browser().get("/processes/rotation").body())
                .contains("1.1, before 1.0", "20 %", "0 of 0 runs failed", "by designer");
        HttpResponse<String> completed = designer.visitor().json("POST", path + "/complete", "");
        assertThat(Api.json(completed).at("/status").asText()).isEqualTo("completed");
        assertThat(viewer.get(ROLLOUTS).at("/0/endedBy").asText()).isEqualTo("designer");
        designer.refused(designer.visitor().json("POST", path + "/return", "{\"reason\": \"too late\"}"), 409, null);
    }

    @Test
    void aDesignerDoesTheSameOnThePage() {
        Visitor browser = new Visitor(port).browser();
        browser.logIn("designer", Samples.PASSWORD);
        String page = browser.get("/processes/rotation").body();
        assertThat(page).contains("Give 1.1 to a share first");
        String csrf = Visitor.token(page);
        assertThat(as("viewer").browser().get("/processes/rotation").body()).doesNotContain("Open the roll-out");

        browser.form("/processes/rotation/rollouts", Map.of("versionTag", "1.1", "share", "5", "_csrf", csrf));
        String path = "/processes/rotation/rollouts/"
                + viewer.get(ROLLOUTS).at("/0/id").asLong();
        assertThat(browser.get("/processes/rotation").body()).contains("1.1 is given to 5 %", "Return to 1.0");
        browser.form(path + "/share", Map.of("share", "40", "_csrf", csrf));
        assertThat(viewer.get(ROLLOUTS).at("/0/share").asInt()).isEqualTo(40);
        assertThat(browser.form(path + "/share", Map.of("share", "400", "_csrf", csrf))
                        .statusCode())
                .isEqualTo(400);
        browser.form(path + "/return", Map.of("reason", "too many fail", "_csrf", csrf));

        assertThat(viewer.get(ROLLOUTS).at("/0/status").asText()).isEqualTo("returned");
        assertThat(viewer.get(ROLLOUTS).at("/0/reason").asText()).isEqualTo("too many fail");
        assertThat(browser.form(path + "/complete", Map.of("_csrf", csrf)).statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"share": 5}                                        | versionTag
            {"versionTag": "1.1"}                               | share
            {"versionTag": "1.1", "share": 0}                   | share
            {"versionTag": "1.1", "share": 101}                 | share
            {"versionTag": "1.1", "share": 5, "tolerance": 200} | tolerance
            {"versionTag": "0.9", "share": 5}                   | versionTag
            """)
    void anOddRollOutIsRefused(String body, String field) {
        designer.refused(designer.visitor().json("POST", ROLLOUTS, body), 400, field);
    }

    @Test
    void aMigrationIsPlannedConfirmedAndWatched() {
        String path = "/api/v1/processes/rotation/migrations";
        HttpResponse<String> planned = designer.visitor()
                .json("POST", path, "{\"from\": \"1.0\", \"to\": \"1.1\", \"mappings\": {\"B\": \"C\"}}");
        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(201);
        String one = planned.headers().firstValue("Location").orElseThrow();
        JsonNode plan = Api.json(planned);
        assertThat(plan.at("/status").asText()).isEqualTo("planned");
        assertThat(plan.at("/instructions/A").asText()).isEqualTo("A");
        assertThat(plan.at("/misfits/0").asText()).contains("there is no place for it");
        assertThat(plan.at("/plannedBy").asText()).isEqualTo("designer");

        HttpResponse<String> confirmed = designer.visitor().json("POST", one + "/confirm", "");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(202);
        JsonNode done = viewer.get(one);
        assertThat(done.at("/status").asText()).isEqualTo("done");
        assertThat(done.at("/problems")).hasSize(2);
        assertThat(done.has("misfits")).isFalse();
        assertThat(viewer.get(path).at("/0/left").asInt()).isEqualTo(2);
        designer.refused(designer.visitor().json("POST", one + "/confirm", ""), 409, null);
        designer.refused(designer.visitor().json("POST", path, "{\"from\": \"1.0\"}"), 400, "to");
        designer.refused(designer.visitor().json("POST", path, "{\"to\": \"1.0\"}"), 400, "from");
        designer.refused(designer.visitor().json("POST", path, "{\"from\": \"1.0\", \"to\": \"1.0\"}"), 400, "to");
        assertThat(as("operator").json("POST", one + "/confirm", "").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "approver", "auditor"})
    void nobodyElseChangesWhatRuns(String role) {
        assertThat(as(role).json("POST", ROLLOUTS, "{\"versionTag\": \"1.1\", \"share\": 5}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void thePagesListProcessesAndTheirVersions() {
        Visitor browser = as("auditor").browser();
        assertThat(browser.get("/processes").body()).contains("href=\"/processes/rotation\"", "suspended");
        assertThat(browser.get("/processes/rotation").body())
                .contains("/camunda/app/cockpit/default/#/process-definition/rotation%3A2%3Aa");
        assertThat(browser.get("/processes/unknown").statusCode()).isEqualTo(404);
    }
}
