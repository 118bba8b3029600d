package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import dev.lockstep.signal.webhook.Senders;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What other systems report by themselves, over HTTP, on the real ledger. */
@WebTest
@ExtendWith(OutputCaptureExtension.class)
class HooksApiTest {

    private static final String LEAKED = "hunter2-of-the-hooks";
    private static final CredentialName FREE = CredentialName.of(Samples.FREE);
    private static final String ALERT = """
            {"action": "created", "alert": {"secret_type": "postgres", "html_url": "https://github.com/acme/x/security/1"},
             "repository": {"full_name": "%s"}}""";

    private final int port;
    private final Incidents incidents;
    private final TestClock clock;
    private final MeterRegistry meters;

    HooksApiTest(
            @LocalServerPort int port,
            @Autowired Incidents incidents,
            @Autowired TestClock clock,
            @Autowired MeterRegistry meters) {
        this.port = port;
        this.incidents = incidents;
        this.clock = clock;
        this.meters = meters;
    }

    @AfterEach
    void everyIncidentIsOver() {
        incidents.newest(100).forEach(incident -> incidents.close(incident.id(), "a test is over"));
    }

    @Test
    void a_value_of_ours_opens_an_incident_and_is_not_kept(@Autowired Versions versions, CapturedOutput output) {
        versions.reserve(FREE, null, "free", Digests.sha256(LEAKED), "none");

        HttpResponse<String> answer = standard("msg_1", body(LEAKED));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Signal signal = onlySignal();
        assertThat(signal.fingerprint()).isEqualTo(Digests.sha256(LEAKED));
        assertThat(signal.reportedBy()).isEqualTo("source scanner");
        assertThat(signal.location()).as("the value stood in the address").isNull();
        assertThat(signal.toString()).doesNotContain(LEAKED);
        assertThat(output).doesNotContain(LEAKED);
        HttpResponse<String> unknown = standard("msg_2", body("of-somebody-else"));
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(answer.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(answer.headers().map().keySet());
        assertThat(open()).hasSize(1);
        assertThat(count("lockstep.signal.findings", "outcome", "unknown")).isPositive();
    }

    @Test
    void the_same_delivery_again_is_answered_alike_and_changes_nothing() {
        String body = "{\"type\": \"leak\", \"data\": {\"credential\": \"" + FREE + "\"}}";
        HttpResponse<String> first = standard("msg_3", body);
        HttpResponse<String> second = standard("msg_3", body);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(incidents.signals(open().get(0).id())).hasSize(1);
        incidents.close(open().get(0).id(), "dealt with");
        assertThat(standard("msg_3", body).statusCode()).isEqualTo(200);
        assertThat(open()).isEmpty();
    }

    @Test
    void an_alert_without_the_value_leads_to_the_credentials_of_its_place() {
        deliver(
                "github",
                Senders.alert(PaperSources.SECRET, ALERT.formatted("acme/shop")),
                ALERT.formatted("acme/shop"));

        assertThat(onlySignal().credential()).isEqualTo(FREE);
    }

    @Test
    void an_alert_of_a_place_that_nobody_has_told_of_is_left_to_a_person() {
        String body = ALERT.formatted("acme/other");
        deliver("github", Senders.alert(PaperSources.SECRET, body), body);

        Signal signal = onlySignal();
        assertThat(signal.isUnnamed()).isTrue();
        assertThat(signal.location()).isEqualTo("https://github.com/acme/x/security/1");
        assertThat(signal.note()).isEqualTo("found as postgres");
    }

    @Test
    void what_is_forged_or_stale_is_refused_and_counted() {
        long now = clock.instant().getEpochSecond();
        String body = body(LEAKED);
        Map<String, String> genuine = Senders.standard(PaperSources.SECRET, "msg_4", now, body);

        refused(deliver("scanner", genuine, body + " "), 401);
        refused(deliver("scanner", Map.of(), body), 401);
        refused(deliver("scanner", Senders.standard(PaperSources.SECRET, "msg_4", now - 301, body), body), 401);
        refused(deliver("nobody", genuine, body), 404);
        refused(standard("msg_5", "{\"data\": \"" + LEAKED + "\"}"), 400);
        refused(standard("msg_6", "x".repeat(1024 * 1024 + 1)), 413);
        assertThat(open()).isEmpty();
        assertThat(count("lockstep.signal.deliveries", "outcome", "forged")).isEqualTo(2);
        assertThat(count("lockstep.signal.deliveries", "outcome", "stale")).isEqualTo(1);
        assertThat(count("lockstep.signal.deliveries", "outcome", "malformed")).isEqualTo(1);
    }

    @Test
    void only_json_is_taken_and_nothing_is_told_to_who_asks() {
        Visitor stranger = new Visitor(port);
        assertThat(stranger.form("/api/v1/hooks/scanner", Map.of("payload", "{}"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(stranger.get("/api/v1/hooks/scanner").statusCode()).isEqualTo(401);
    }

    private static String body(String value) {
        return "{\"type\": \"leak\", \"data\": {\"leaked\": \"" + value + "\", \"confidence\": \"confirmed\","
                + " \"location\": \"https://example.org/" + value + "\"}}";
    }

    private HttpResponse<String> standard(String id, String body) {
        return deliver(
                "scanner",
                Senders.standard(PaperSources.SECRET, id, clock.instant().getEpochSecond(), body),
                body);
    }

    private HttpResponse<String> deliver(String source, Map<String, String> headers, String body) {
        Visitor sender = new Visitor(port);
        headers.forEach(sender::with);
        return sender.json("POST", "/api/v1/hooks/" + source, body);
    }

    private void refused(HttpResponse<String> answer, int status) {
        new Api(new Visitor(port)).refused(answer, status, null);
        assertThat(answer.body()).doesNotContain(LEAKED);
    }

    private Signal onlySignal() {
        assertThat(open()).hasSize(1);
        List<Signal> signals = incidents.signals(open().get(0).id());
        assertThat(signals).hasSize(1);
        return signals.get(0);
    }

    private List<Incident> open() {
        return incidents.newest(100).stream()
                .filter(incident -> incident.state() != Incident.State.CLOSED)
                .toList();
    }

    private double count(String name, String tag, String value) {
        return meters.find(name).tag(tag, value).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
