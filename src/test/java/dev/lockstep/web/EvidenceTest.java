package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Evidence for auditors: by credential, by control, as lines and as page. */
@WebTest
class EvidenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final AuditTrail trail;
    private final Path data;
    private final Visitor auditor;

    EvidenceTest(@LocalServerPort int port, @Autowired AuditTrail trail, @Value("${lockstep.data-dir}") Path data) {
        this.port = port;
        this.trail = trail;
        this.data = data;
        this.auditor = new Visitor(port).basic("auditor", Samples.PASSWORD);
    }

    @Test
    void the_life_of_a_credential_is_signed_entry_by_entry() throws Exception {
        trail.append(new AuditEvent(
                "lockstep", "target.apply", AuditEvent.Phase.INTENT, Samples.FREE, 4711L, Map.of("marker", "one")));
        trail.append(new AuditEvent(
                "lockstep",
                "operation.close",
                AuditEvent.Phase.FACT,
                "somewhere else",
                4711L,
                Map.of("marker", "two")));

        List<JsonNode> lines = sealed("credential=" + Samples.FREE, "two");

        assertThat(lines.get(0).path("type").asText()).isEqualTo("header");
        assertThat(lines.get(1).path("credential").asText()).isEqualTo(Samples.FREE);
        assertThat(lines)
                .filteredOn(line -> line.path("type").asText().equals("entry"))
                .allSatisfy(line -> {
                    assertThat(line.path("previous").asText()).hasSize(64);
                    assertThat(line.path("subject").asText() + line.path("operation"))
                            .satisfiesAnyOf(
                                    text -> assertThat(text).startsWith(Samples.FREE),
                                    text -> assertThat(text).endsWith("4711"));
                });
        assertThat(lines.get(lines.size() - 1).path("type").asText()).isEqualTo("signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pci-dss-8.6.3", "soc2-cc6.1", "iso-27001-a.5.17", "nist-sp-800-57"})
    void a_control_is_answered_for_every_credential(String control) throws IOException {
        List<JsonNode> lines = lines(get("control=" + control));

        assertThat(lines.get(0).path("control").asText()).isEqualTo(control);
        assertThat(lines)
                .filteredOn(line -> line.path("type").asText().equals("credential"))
                .extracting(line -> line.path("credential").asText())
                .contains(Samples.FINE, Samples.FREE);
        JsonNode fine = lines.stream()
                .filter(line -> line.path("credential").asText().equals(Samples.FINE))
                .findFirst()
                .orElseThrow();
        assertThat(fine.path("owner").asText()).isNotBlank();
        assertThat(fine.path("rotation").asText()).isNotBlank();
        assertThat(fine.path("versions").toString()).contains("\"key_state\":\"active\"");
        assertThat(lines.toString()).doesNotContain(Samples.FINGERPRINT);
    }

    @Test
    void the_page_shows_the_same_and_the_credential_leads_to_it() {
        Visitor person = new Visitor(port).browser();
        person.logIn("auditor", Samples.PASSWORD);
        assertThat(person.get("/credentials/" + Samples.FINE).body())
                .contains("/api/v1/audit/evidence.html?credential=" + Samples.FINE);
        String page = person.get("/api/v1/audit/evidence.html?control=nist-sp-800-57&credential=" + Samples.FINE)
                .body();
        assertThat(page)
                .contains("NIST SP 800-57", Samples.FINE, "active (current)", "Signed by")
                .doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400, credential",
        "control=iso, 400, control",
        "credential=x, 400, name",
        "credential=prod/a/b/c, 404,",
        "control=soc2-cc6.1&from=soon, 400, from"
    })
    void what_cannot_be_asked_for_is_refused(String query, int status, String field) {
        new Api(auditor).refused(auditor.get("/api/v1/audit/evidence?" + query), status, field);
    }

    @Test
    void only_auditors_and_administrators_take_evidence() {
        Visitor viewer = new Visitor(port).basic("viewer", Samples.PASSWORD);
        new Api(viewer).refused(viewer.get("/api/v1/audit/evidence?control=soc2-cc6.1"), 403, null);
    }

    /** Needs Python and openssl. */
    @Test
    @Tag("extended")
    void the_documented_command_verifies_it_and_finds_every_change(@TempDir Path directory) throws Exception {
        trail.append(new AuditEvent(
                "lockstep", "target.apply", AuditEvent.Phase.INTENT, Samples.FREE, 4712L, Map.of("marker", "three")));
        sealed("credential=" + Samples.FREE, "three");
        String text = get("credential=" + Samples.FREE).body();
        assertThat(verified(directory, text)).startsWith("OK:");
        assertThat(verified(directory, text.replace("three", "tree"))).startsWith("BAD:");
        assertThat(verified(directory, text.replaceFirst("\"status\":\"[a-z]+\"", "\"status\":\"fine\"")))
                .startsWith("BAD:")
                .contains("is not the file that was signed");
        assertThat(verified(directory, text.substring(0, text.lastIndexOf("{\"type\":\"signature\""))))
                .startsWith("BAD:")
                .contains("the signature is missing");
        String swapped = text.replaceFirst("\"signature\":\"..", "\"signature\":\"AA");
        assertThat(verified(directory, swapped)).startsWith("BAD:").contains("the signature is not genuine");
    }

    private String verified(Path directory, String text) throws Exception {
        Path file = Files.writeString(directory.resolve("evidence.jsonl"), text);
        Process process = new ProcessBuilder(
                        "python3",
                        "docs/audit-verify.py",
                        "--evidence",
                        file.toString(),
                        data.resolve("audit-signing-key.pub").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** The export as soon as an entry is sealed. */
    private List<JsonNode> sealed(String query, String marker) throws Exception {
        for (int i = 0; i < 200; i++) {
            List<JsonNode> lines = lines(get(query));
            if (lines.toString().contains(marker)) {
                return lines;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError(marker + " is never sealed");
    }

    private HttpResponse<String> get(String query) {
        HttpResponse<String> answer = auditor.get("/api/v1/audit/evidence?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }
}
