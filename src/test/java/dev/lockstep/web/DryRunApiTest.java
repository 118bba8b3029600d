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

/** Dry runs over HTTP and on their page. */
@WebTest
class DryRunApiTest {

    private static final String PATH = "/api/v1/processes/dry-run";

    private final int port;
    private final Api designer;

    DryRunApiTest(@LocalServerPort int port) {
        this.port = port;
        this.designer = new Api(as("designer"));
    }

    private Visitor as(String role) {
        return new Visitor(port).basic(role, Samples.PASSWORD);
    }

    private HttpResponse<String> run(String model, String plan) {
        return designer.visitor().upload(PATH, Map.of("plan", plan), Map.of("model", model));
    }

    @Test
    void aModelIsTriedOutAsThePlanTells() {
        HttpResponse<String> answer = run("<bpmn/>", """
                {"strategy": "alternating", "grace": "P1D", "approval": true, "attempts": 2, "retriesLater": 0,
                 "consumers": {"web": true},
                 "failures": {"ApplyToTarget": {"times": 2, "code": "target-busy"}, "Promote": {"permanent": true}},
                 "answers": {"Resolve": [{"choice": "retry"}]}, "events": ["RollBack"]}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode run = Api.json(answer);
        assertThat(run.at("/state").asText()).isEqualTo("waits");
        assertThat(run.at("/sentence").asText())
                .contains("ALTERNATING", "grace=PT24H", "approval=true", "attempts=2", "retriesLater=0", "{web=true}");
        assertThat(run.at("/notes/0").asText())
                .contains("times=Optional[2], permanent=false, code=Optional[TARGET_BUSY]", "permanent=true")
                .contains("choice=retry", "[RollBack]");
        assertThat(run.at("/path/1/kept").asBoolean()).isFalse();
        assertThat(run.at("/simulated/accounts/app/accepts").asInt()).isEqualTo(2);
        assertThat(run.at("/simulated/versions/0/stage").asText()).isEqualTo("current");
        assertThat(run.at("/picture").asText()).startsWith("<svg");
    }

    @Test
    void withoutAPlanEverythingIsAsUsual() {
        HttpResponse<String> answer =
                designer.visitor().upload(PATH, Map.of(), Map.of("model", "<bpmn/>", "x.form", "{}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Api.json(answer).at("/sentence").asText()).contains("name=x.form", "IN_PLACE", "grace=PT1H");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"strategy": "none"}                        | strategy
            {"grace": "tomorrow"}                       | grace
            {"grace": "PT-1H"}                          | grace
            {"attempts": 11}                            | attempts
            {"retriesLater": 6}                         | retriesLater
            {"failures": {"A": {"code": "no-such"}}}    | failures
            {"surprise": 1}                             | plan
            {"strategy"                                 | plan
            """)
    void anOddPlanIsRefused(String plan, String field) {
        designer.refused(run("<bpmn/>", plan), 400, field);
    }

    @Test
    void aModelThatTheRulesRefuseIsRefusedWithTheirSentence() {
        JsonNode problem = designer.refused(run("<bpmn:scriptTask/>", "{}"), 400, "model");
        assertThat(problem.at("/detail").asText()).contains("script tasks are not run");
        designer.refused(designer.visitor().upload(PATH, Map.of(), Map.of("other", "x")), 400, "model");
    }

    @Test
    void aModelOfTheUsualSizeIsTakenAndAHugeOneIsNot() {
        assertThat(run("x".repeat(1_000_000), "{}").statusCode()).isEqualTo(200);
        assertThat(run("x".repeat(3_000_000), "{}").statusCode()).isEqualTo(413);
        assertThat(run("x".repeat(5_000_000), "{}").statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "approver", "auditor"})
    void onlyDesignersAndAdministratorsTryModelsOut(String role) {
        assertThat(as(role).upload(PATH, Map.of(), Map.of("model", "x")).statusCode())
                .isEqualTo(403);
        assertThat(as(role).browser().get("/processes/try").statusCode()).isEqualTo(403);
        assertThat(as(role).browser().get("/processes").body()).doesNotContain("Try a process");
    }

    @Test
    void thePageShowsThePathOnTheDiagram() {
        Visitor person = new Visitor(port).browser();
        person.logIn("designer", Samples.PASSWORD);
        String page = person.get("/processes/try").body();
        HttpResponse<String> answer = person.upload(
                "/processes/try", Map.of("_csrf", Visitor.token(page), "plan", "{}"), Map.of("model", "<bpmn/>"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "<text>drawn</text>",
                        "Stage &lt;new&gt; version",
                        "undone with its transaction",
                        "planned failure");
        HttpResponse<String> refused = person.upload(
                "/processes/try", Map.of("_csrf", Visitor.token(page), "plan", "{}"), Map.of("model", "<scriptTask/>"));
        assertThat(refused.body()).contains("script tasks are not run");
    }
}
