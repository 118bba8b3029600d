package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Incident;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Reports of scanners by API and page. */
@WebTest
@ExtendWith(OutputCaptureExtension.class)
class ScanReportsTest {

    private static final String FOUND = "hunter2-of-the-scans";
    private static final String REPORT = """
            [{"RuleID": "pg", "File": "app.yaml", "StartLine": 3, "Secret": "%1$s"},
             {"RuleID": "pg", "File": "app.yaml", "StartLine": 3, "Secret": "%1$s"},
             {"RuleID": "npm", "File": "<b>.js", "Secret": "of-somebody-else"}]""".formatted(FOUND);

    private final int port;
    private final Incidents incidents;
    private final Api security;

    ScanReportsTest(@LocalServerPort int port, @Autowired Incidents incidents) {
        this.port = port;
        this.incidents = incidents;
        this.security = new Api(new Visitor(port).basic("security", Samples.PASSWORD));
    }

    @BeforeEach
    void theValueIsOneOfOurs(@Autowired Versions versions) {
        if (versions.withFingerprint(Digests.sha256(FOUND)).isEmpty()) {
            versions.reserve(CredentialName.of(Samples.FREE), null, "free", Digests.sha256(FOUND), "none");
        }
    }

    @AfterEach
    void everyIncidentIsOver() {
        incidents.newest(100).forEach(incident -> incidents.close(incident.id(), "a test is over"));
    }

    @Test
    void what_is_ours_and_what_is_not_is_told_by_rule_and_place(CapturedOutput output) {
        HttpResponse<String> answer = upload("format=gitleaks&exposure=internal", REPORT);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode scan = Api.json(answer);
        assertThat(scan.path("findings").asInt()).isEqualTo(3);
        assertThat(scan.path("matched").asInt()).isEqualTo(2);
        assertThat(scan.at("/lines/0/credentials/0").asText()).isEqualTo(Samples.FREE);
        assertThat(scan.at("/lines/0/times").asInt()).isEqualTo(2);
        assertThat(scan.at("/lines/0/incident").asText())
                .isEqualTo(scan.at("/incidents/0").asText());
        assertThat(scan.at("/lines/1/ours").asBoolean()).isFalse();
        assertThat(answer.body() + output).doesNotContain(FOUND).doesNotContain("of-somebody-else");
        JsonNode again = Api.json(upload("format=gitleaks&exposure=internal", REPORT));
        assertThat(again.path("incidents")).isEqualTo(scan.path("incidents"));
        assertThat(incidents.signals(open())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "exposure=internal, format",
        "format=snyk&exposure=internal, format",
        "format=gitleaks, exposure",
        "format=gitleaks&exposure=moon, exposure"
    })
    void what_is_left_out_or_unknown_is_refused_with_its_field(String query, String field) {
        security.refused(upload(query, REPORT), 400, field);
    }

    @Test
    void what_is_cut_off_is_refused_and_nothing_is_done() {
        String cut = REPORT.substring(0, REPORT.length() - 5);
        List<Incident> before = incidents.newest(100);

        HttpResponse<String> answer = upload("format=gitleaks&exposure=internal", cut);

        security.refused(answer, 400, "report");
        assertThat(answer.body()).doesNotContain(FOUND);
        assertThat(incidents.newest(100)).isEqualTo(before);
    }

    @Test
    void a_gigabyte_is_refused_before_it_is_read() throws IOException {
        String head = String.join(
                "\r\n",
                "POST /api/v1/signals/reports?format=gitleaks&exposure=internal HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 1073741824",
                "Connection: close",
                "",
                "");
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void only_security_and_operators_import() {
        Visitor viewer = new Visitor(port).basic("viewer", Samples.PASSWORD);
        new Api(viewer).refused(viewer.json("POST", "/api/v1/signals/reports", "[]"), 403, null);
        Visitor person = new Visitor(port).browser();
        person.logIn("viewer", Samples.PASSWORD);
        assertThat(person.get("/incidents/import").statusCode()).isEqualTo(403);
        assertThat(person.get("/incidents").body()).doesNotContain("/incidents/import");
    }

    @Test
    void a_person_imports_a_report_and_sees_the_table() {
        Visitor person = new Visitor(port).browser();
        person.logIn("security", Samples.PASSWORD);
        assertThat(person.get("/incidents").body()).contains("/incidents/import");
        String token = Visitor.token(person.get("/incidents/import").body());

        HttpResponse<String> page = person.upload(
                "/incidents/import",
                Map.of("_csrf", token, "format", "gitleaks", "exposure", "internal"),
                Map.of("report=leaks.json", REPORT));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("3 findings, 2 of ours", "/credentials/" + Samples.FREE, "app.yaml:3", "&lt;b&gt;.js")
                .doesNotContain(FOUND);
        String refused = person.upload(
                        "/incidents/import",
                        Map.of("_csrf", token, "format", "gitleaks", "exposure", ""),
                        Map.of("report=leaks.json", REPORT))
                .body();
        assertThat(refused).contains("say who can see what was scanned").doesNotContain(FOUND);
    }

    private HttpResponse<String> upload(String query, String report) {
        return security.visitor().json("POST", "/api/v1/signals/reports?" + query, report);
    }

    private long open() {
        return incidents.newest(100).stream()
                .filter(incident -> incident.state() != Incident.State.CLOSED)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
