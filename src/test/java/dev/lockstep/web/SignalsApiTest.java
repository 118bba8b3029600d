package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Triage;
import dev.lockstep.port.Incidents;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Reports of leaks by API and page, and what is shown of incidents. */
@WebTest
@ExtendWith(OutputCaptureExtension.class)
class SignalsApiTest {

    private static final String LEAKED = "hunter2-hunter2-hunter2";
    private static final CredentialName FREE = CredentialName.of(Samples.FREE);

    private final int port;
    private final Incidents incidents;
    private final Api security;

    SignalsApiTest(@LocalServerPort int port, @Autowired Incidents incidents) {
        this.port = port;
        this.incidents = incidents;
        this.security = new Api(new Visitor(port).basic("security", Samples.PASSWORD));
    }

    @AfterEach
    void everyIncidentIsOver() {
        incidents.newest(100).forEach(incident -> incidents.close(incident.id(), "a test is over"));
    }

    @Test
    void a_leak_is_accepted_and_leads_to_its_incident() {
        HttpResponse<String> answer =
                report("{\"credential\": \"" + FREE + "\", \"exposure\": \"public\", \"deliveryId\": \"scan/1\","
                        + " \"location\": \"https://bot:token@example.org/gist?key=x#L3\", \"note\": \"seen\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String location = answer.headers().firstValue("Location").orElseThrow();
        JsonNode incident = security.get(location);
        assertThat(incident.at("/state").asText()).isEqualTo("open");
        assertThat(incident.at("/credentials/0/credential").asText()).isEqualTo(Samples.FREE);
        assertThat(incident.at("/timeline/0/what").asText()).isEqualTo("signal");
        assertThat(incident.at("/timeline/0/text").asText())
                .contains("confirmed leak reported by security")
                .contains("https://example.org/gist#L3")
                .doesNotContain("token")
                .doesNotContain("key=x");
    }

    @Test
    void the_same_delivery_again_is_the_same_incident() {
        String body = "{\"credential\": \"" + FREE + "\", \"deliveryId\": \"scan/2\", \"note\": \"seen\"}";
        String first = report(body).headers().firstValue("Location").orElseThrow();
        assertThat(report(body).headers().firstValue("Location")).contains(first);
    }

    @Test
    void a_leaked_value_is_kept_as_a_fingerprint_only(CapturedOutput output) {
        HttpResponse<String> answer = report("{\"leaked\": \"" + LEAKED + "\", \"note\": \"in a log file\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        Incident incident = incidents.newest(1).get(0);
        Signal signal = incidents.signals(incident.id()).get(0);
        assertThat(signal.fingerprint()).hasSize(64);
        assertThat(signal.toString()).doesNotContain(LEAKED);
        assertThat(answer.body()).doesNotContain(LEAKED).doesNotContain(String.valueOf(signal.fingerprint()));
        assertThat(output).doesNotContain(LEAKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"note\": \"x\"} | credential",
                "{\"credential\": \"prod/a/b/c\", \"note\": \"x\"} | credential",
                "{\"credential\": \"../../x\", \"note\": \"x\"} | name",
                "{\"credential\": \"test/web/postgres/free\"} | note",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \" \"} | note",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"exposure\": \"moon\"} | exposure",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"kind\": \"joke\"} | kind",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"confidence\": \"9\"} | confidence",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"source\": \"vendor\"} | source",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"location\": \"file:/etc\"} | location",
                "{\"credential\": \"test/web/postgres/free\", \"note\": \"x\", \"deliveryId\": \"a b\"} | deliveryId",
                "{\"leaked\": \"hunter2-hunter2-hunter2\", \"note\": \"is hunter2-hunter2-hunter2\"} | note",
                "{\"leaked\": 17, \"note\": \"x\"} | leaked",
                "{\"leaked\": {\"a\": \"hunter2-hunter2-hunter2\"}, \"note\": \"x\"} | leaked",
                "{\"value\": \"hunter2-hunter2-hunter2\", \"note\": \"x\"} | value"
            })
    void what_is_malformed_is_refused_with_its_field_and_without_the_value(
            String body, String field, CapturedOutput output) {
        HttpResponse<String> answer = report(body);
        security.refused(answer, 400, field);
        assertThat(answer.body()).doesNotContain(LEAKED);
        assertThat(output).doesNotContain(LEAKED);
        assertThat(incidents.newest(10)).noneMatch(incident -> incident.state() != Incident.State.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "approver", "auditor", "designer", "administrator"})
    void only_security_and_operators_report(String user) {
        Visitor other = new Visitor(port).basic(user, Samples.PASSWORD);
        new Api(other).refused(other.json("POST", "/api/v1/signals", "{\"note\": \"x\"}"), 403, null);
        assertThat(person(user).get("/credentials/" + FREE + "/report-leak").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_person_reports_a_leak_from_the_page_of_the_credential() {
        Visitor person = person("security");
        assertThat(person.get("/credentials/" + FREE).body()).contains(">Report as leaked</a>");
        String question = person.get("/credentials/" + FREE + "/report-leak").body();
        Map<String, String> answers = Map.of(
                "_csrf", Visitor.token(question),
                "delivery", question.replaceAll("(?s).*name=\"delivery\" value=\"([^\"]+)\".*", "$1"),
                "kind", "leak",
                "confidence", "confirmed",
                "exposure", "internal",
                "note", "in a chat");
        HttpResponse<String> answer = person.form("/credentials/" + FREE + "/report-leak", answers);
        assertThat(answer.statusCode()).isEqualTo(302);
        Incident incident = incidents.newest(1).get(0);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/incidents/" + incident.label());
        Signal signal = incidents.signals(incident.id()).get(0);
        assertThat(signal.reportedBy()).isEqualTo("security");
        assertThat(signal.exposure()).isEqualTo(Signal.Exposure.INTERNAL);
        person.form("/credentials/" + FREE + "/report-leak", answers);
        assertThat(incidents.newest(1).get(0).id()).isEqualTo(incident.id());
    }

    @Test
    void an_incident_is_shown_with_its_timeline_as_page_and_as_json() {
        report("{\"credential\": \"" + FREE + "\", \"note\": \"seen in a log\"}");
        Incident incident = incidents.newest(1).get(0);
        incidents.assess(
                incident.id(),
                new Triage(
                        LeakResponse.REVOKE_NOW,
                        Severity.CRITICAL,
                        "seen where others can see it",
                        "security",
                        Duration.ofHours(4),
                        LeakResponse.REVOKE_NOW),
                Instant.parse("2030-01-01T00:00:00Z"),
                Incident.State.CONTAINING);
        incidents.assign(incident.id(), FREE, 4711);
        incidents.contained(4711, Instant.parse("2030-01-01T00:00:01Z"));
        incidents.provenDead(4711, Instant.parse("2030-01-01T00:00:02Z"));
        incidents.replaced(4711, Instant.parse("2030-01-01T00:00:03Z"));
        incidents.close(incident.id(), "a token in a log");
        JsonNode shown = security.get("/api/v1/incidents/" + incident.id());
        assertThat(shown.at("/timeline").findValuesAsText("what"))
                .containsExactlyInAnyOrder("signal", "decided", "contained", "proven-dead", "replaced", "closed");
        assertThat(shown.at("/credentials/0/operation").asText()).isEqualTo("op-4711");
        assertThat(shown.at("/severity").asText()).isEqualTo("critical");
        assertThat(security.get("/api/v1/incidents?limit=1").at("/0/id").asText())
                .isEqualTo(incident.label());
        String page = person("viewer").get("/incidents/" + incident.label()).body();
        assertThat(page)
                .contains("proven-dead")
                .contains("2030-01-01 00:00:02 UTC")
                .contains("a token in a log")
                .contains("critical")
                .doesNotContain("<script");
        assertThat(person("viewer").get("/incidents").body())
                .contains("/incidents/" + incident.label())
                .contains("revoke-now");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/incidents/inc-99999, 404", "/api/v1/incidents/x, 400", "/api/v1/incidents?limit=0, 400"})
    void an_incident_that_there_is_not_is_refused(String path, int status) {
        security.refused(security.visitor().get(path), status, null);
    }

    @Test
    void people_are_told_of_an_unknown_incident_on_a_page() {
        HttpResponse<String> answer = person("viewer").get("/incidents/inc-99999");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("To the overview");
    }

    private HttpResponse<String> report(String body) {
        return security.visitor().json("POST", "/api/v1/signals", body);
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }
}
