package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class OperationsApiTest {

    private final Api viewer;
    private final Api auditor;

    OperationsApiTest(@LocalServerPort int port) {
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
        this.auditor = new Api(new Visitor(port).basic("auditor", Samples.PASSWORD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                Samples.IN_GRACE
                        + "    | running     | the end of the grace, or these consumers to move: billing/batch",
                Samples.WAITING + "     | running     | operators: Resolve failed rotation",
                Samples.QUARANTINED + " | quarantined | an operator, who finds the cause and resumes it"
            })
    void active_operations_tell_what_they_wait_for(String credential, String status, String waitsFor) {
        JsonNode operation = active(credential);

        assertThat(operation.at("/status").asText()).isEqualTo(status);
        assertThat(operation.at("/waitsFor").asText()).isEqualTo(waitsFor);
    }

    @Test
    void an_operation_that_waits_for_another_try_tells_when_and_why() {
        JsonNode operation = active(Samples.RETRYING);

        assertThat(operation.at("/status").asText()).isEqualTo("queued");
        assertThat(operation.at("/waitsFor").asText()).startsWith("another try, ");
        assertThat(operation.at("/notBefore").asText()).endsWith("Z");
        assertThat(operation.at("/failure/code").asText()).isEqualTo("target-unreachable");
        assertThat(operation.at("/failure/runbook").asText()).isEqualTo("/runbook#target-unreachable");
    }

    @Test
    void one_operation_comes_with_its_attempts_oldest_first() {
        String id = active(Samples.WAITING).at("/id").asText();

        JsonNode operation = viewer.get("/api/v1/operations/" + id);

        assertThat(operation.at("/attempts")).hasSize(2);
        assertThat(operation.at("/attempts/0/step").asText()).isEqualTo("apply");
        assertThat(operation.at("/attempts/0/number").asInt()).isEqualTo(1);
        assertThat(operation.at("/attempts/1/number").asInt()).isEqualTo(2);
        assertThat(operation.at("/attempts/1/outcome").asText()).isEqualTo("failed");
        assertThat(operation.at("/attempts/1/failure/code").asText()).isEqualTo("target-permission-denied");
        assertThat(viewer.get("/api/v1/operations/" + id.substring(3))).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({"active=false, active", "active=maybe, active", "limit=0, limit", "limit=1001, limit", "limit=x, limit"
    })
    void a_malformed_parameter_is_refused_by_name(String query, String field) {
        viewer.refused(viewer.visitor().get("/api/v1/operations?" + query), 400, field);
    }

    @Test
    void tasks_lead_into_tasklist() {
        JsonNode task = viewer.get("/api/v1/tasks").at("/0");

        assertThat(task.at("/name").asText()).isEqualTo("Resolve failed rotation");
        assertThat(task.at("/credential").asText()).isEqualTo(Samples.WAITING);
        assertThat(task.at("/operation").asText())
                .isEqualTo(active(Samples.WAITING).at("/id").asText());
        assertThat(task.at("/group").asText()).isEqualTo("operators");
        assertThat(task.at("/deadline").asText()).endsWith("Z");
        assertThat(task.at("/tasklist").asText()).isEqualTo("/camunda/app/tasklist/default/#/?task=a1b2c3");
    }

    @Test
    void auditors_verify_the_trail_and_nobody_else_sees_it() {
        JsonNode verdict = auditor.get("/api/v1/audit/verification");

        assertThat(verdict.at("/intact").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.has("firstBad")).isFalse();
        assertThat(verdict.at("/verifiedAt").asText()).endsWith("Z");
        viewer.refused(viewer.visitor().get("/api/v1/audit/verification"), 403, null);
        viewer.refused(viewer.visitor().get("/api/v1/audit/events"), 403, null);
    }

    @Test
    void events_are_listed_newest_first_and_in_pages() {
        JsonNode events = auditor.get("/api/v1/audit/events?subject=" + Samples.WAITING + "&limit=3");

        assertThat(events).hasSize(3);
        assertThat(events)
                .allSatisfy(event -> assertThat(event.at("/subject").asText()).isEqualTo(Samples.WAITING));
        long last = events.at("/2/id").asLong();
        JsonNode older = auditor.get("/api/v1/audit/events?subject=" + Samples.WAITING + "&limit=3&before=" + last);
        assertThat(older.at("/0/id").asLong()).isLessThan(last);
    }

    @Test
    void events_of_one_operation_hold_intent_and_outcome() {
        String id = active(Samples.WAITING).at("/id").asText();

        JsonNode events = auditor.get("/api/v1/audit/events?operation=" + id);

        assertThat(events.findValuesAsText("phase")).contains("INTENT", "OUTCOME");
        assertThat(events.findValuesAsText("operation")).containsOnly(id);
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "before=x, before", "operation=x, operation", "subject=a%00b, subject"})
    void a_malformed_filter_of_events_is_refused_by_name(String query, String field) {
        auditor.refused(auditor.visitor().get("/api/v1/audit/events?" + query), 400, field);
    }

    private JsonNode active(String credential) {
        for (JsonNode operation : viewer.get("/api/v1/operations?active=true&limit=1000")) {
            if (operation.at("/credential").asText().equals(credential)) {
                return operation;
            }
        }
        throw new AssertionError("no active operation of " + credential);
    }
}
