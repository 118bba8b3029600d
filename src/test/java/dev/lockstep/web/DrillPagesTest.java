package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Drills and their reports, on the pages and in the API. */
@WebTest
class DrillPagesTest {

    private static final String PATH = "/api/v1/credentials/" + Samples.FREE + "/drills";
    private static final String WANTED =
            "{\"scenario\": \"dead-target\", \"reason\": \"the quarterly <b>rehearsal</b>\"}";

    private final int port;
    private final Api operator;
    private final Api viewer;
    private final Drills drills;
    private final TestClock clock;

    DrillPagesTest(@LocalServerPort int port, @Autowired Drills drills, @Autowired TestClock clock) {
        this.port = port;
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
        this.drills = drills;
        this.clock = clock;
    }

    @AfterEach
    void noDrillRuns() {
        drills.running(PaperRehearsals.SANDBOX)
                .ifPresent(drill -> drills.end(drill.id(), Drill.Result.CANCELLED, Drill.State.CLOSED, "test"));
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }

    private HttpResponse<String> post(Api api, String path, String body) {
        return api.visitor().json("POST", path, body);
    }

    private Drill closed() {
        Drill drill = drills.get(number(Api.json(post(operator, PATH, WANTED))));
        Instant now = clock.instant();
        drills.inject(drill.id(), now.plusSeconds(600));
        drills.injected(drill.id());
        Instant injected = Objects.requireNonNull(drills.get(drill.id()).injectedAt());
        drills.reached(drill.id(), Drill.Milestone.DETECTED, injected.plusMillis(1500));
        drills.reached(drill.id(), Drill.Milestone.CONTAINED, injected.plusMillis(2500));
        drills.involve(drill.id(), 17);
        drills.end(drill.id(), Drill.Result.FAILED, Drill.State.DEBRIEF, "Not recovered.");
        drills.close(drill.id(), "nobody <i>looked</i>", "a rota", "carol");
        return drills.get(drill.id());
    }

    private static long number(JsonNode drill) {
        return Long.parseLong(drill.at("/id").asText().substring("drill-".length()));
    }

    @Test
    void a_drill_is_begun_once_and_its_location_leads_to_the_report() {
        HttpResponse<String> begun = post(operator, PATH, WANTED);

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        JsonNode report = operator.get(begun.headers().firstValue("Location").orElseThrow());
        assertThat(report.at("/state").asText()).isEqualTo("running");
        assertThat(report.at("/scenario").asText()).isEqualTo("dead-target");
        assertThat(report.at("/requestedBy").asText()).isEqualTo("operator");
        assertThat(report.has("result")).isFalse();
        operator.refused(post(operator, PATH, WANTED), 409, null);
    }

    @Test
    void what_is_no_sandbox_is_refused_with_a_sentence_by_api_and_form() {
        String earnest = "/credentials/" + Samples.FINE;
        JsonNode problem = operator.refused(post(operator, "/api/v1" + earnest + "/drills", WANTED), 400, "credential");
        assertThat(problem.at("/detail").asText()).contains("is not marked as sandbox");

        Visitor person = person("operator");
        String page = person.get(earnest + "/drill").body();
        assertThat(page).contains("is not marked as sandbox");
        HttpResponse<String> answer = person.form(
                earnest + "/drill",
                Map.of("scenario", "leak", "reason", "past the page", "_csrf", Visitor.token(page)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("is not marked as sandbox");
        assertThat(drills.running(CredentialName.of(Samples.FINE))).isEmpty();
    }

    @Test
    void malformed_requests_name_the_field() {
        operator.refused(post(operator, PATH, "{\"scenario\": \"flood\", \"reason\": \"x\"}"), 400, "scenario");
        operator.refused(post(operator, PATH, "{\"reason\": \"x\"}"), 400, "scenario");
        operator.refused(post(operator, PATH, "{\"scenario\": \"leak\"}"), 400, "reason");
        operator.refused(operator.visitor().get("/api/v1/drills/seven"), 400, "id");
        operator.refused(operator.visitor().get("/api/v1/drills/drill-999999"), 404, null);
    }

    @Test
    void a_viewer_reads_reports_and_begins_nothing() {
        viewer.refused(post(viewer, PATH, WANTED), 403, null);
        Drill drill = closed();
        viewer.refused(post(viewer, "/api/v1/drills/" + drill.label() + "/cancel", "{}"), 403, null);
        assertThat(person("viewer")
                        .get("/credentials/" + Samples.FREE + "/drill")
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("/api/v1/drills/" + drill.label()).at("/result").asText())
                .isEqualTo("failed");
    }

    @Test
    void the_report_is_the_same_as_page_and_as_json_and_each_leads_to_the_other() {
        Drill drill = closed();

        JsonNode json = viewer.get("/api/v1/drills/" + drill.label());
        assertThat(json.at("/secondsToDetect").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/secondsToContain").asDouble()).isEqualTo(2.5);
        assertThat(json.has("secondsToRecover")).isFalse();
        assertThat(json.at("/operation").asText()).isEqualTo("op-17");
        assertThat(json.at("/findings").asText()).isEqualTo("nobody <i>looked</i>");
        assertThat(json.at("/timeline/0/what").asText()).isEqualTo("begun");
        assertThat(json.at("/page").asText()).isEqualTo("/drills/" + drill.label());
        String page = person("viewer").get(json.at("/page").asText()).body();
        assertThat(page)
                .contains("1.5 s")
                .contains("2.5 s")
                .contains("not reached")
                .contains("nobody &lt;i&gt;looked&lt;/i&gt;")
                .contains("the quarterly &lt;b&gt;rehearsal&lt;/b&gt;")
                .contains("Debriefed by carol.")
                .contains("/api/v1/drills/" + drill.label())
                .doesNotContain("Call it off");
        assertThat(person("viewer").get("/drills").body())
                .contains("/drills/" + drill.label())
                .contains("/api/v1/drills")
                .contains("failed");
        assertThat(viewer.get("/api/v1/drills").get(0).at("/id").asText()).isEqualTo(drill.label());
    }

    @Test
    void a_drill_is_begun_and_called_off_on_the_pages() {
        Visitor person = person("operator");
        String form = person.get("/credentials/" + Samples.FREE + "/drill").body();
        assertThat(form).contains("Begin the drill").contains("Lost node");

        person.form(
                "/credentials/" + Samples.FREE + "/drill",
                Map.of("scenario", "leak", "reason", "rehearsal", "_csrf", Visitor.token(form)));

        Drill drill = drills.running(PaperRehearsals.SANDBOX).orElseThrow();
        String report = person.get("/drills/" + drill.label()).body();
        assertThat(report).contains("Call it off");
        person.form("/drills/" + drill.label() + "/cancel", Map.of("_csrf", Visitor.token(report)));
        assertThat(drills.get(drill.id()).cancelledBy()).isEqualTo("operator");
        operator.refused(post(operator, "/api/v1/drills/" + drill.label() + "/cancel", "{}"), 409, null);
    }
}
