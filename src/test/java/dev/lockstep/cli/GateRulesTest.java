package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which credential a build may use, from what the server tells. */
class GateRulesTest {

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ``",
                "{'openIncidents': ['inc-4']} | leaked",
                "{'credential': {'status': 'contained', 'state': 'contained'}} | leaked",
                "{'credential': {'status': 'active', 'state': 'failed', 'lastOutcome': 'kept-previous'}} | failing",
                "{'activeOperation': {'id': 'op-7', 'failure': {'code': 'target-busy'}}} | failing",
                "{'activeOperation': {'id': 'op-7'}, 'credential': {'status': 'active', 'state': 'quarantined'}} | failing",
                "{'activeOperation': {'id': 'op-7'}} | ``",
                "{'lastCheck': {'finding': {'code': 'drift', 'message': 'somebody changed it'}}} | unverified",
                "{'lastCheck': {'at': '2026-05-02T11:59:59Z'}} | unverified",
                "{'lastCheck': {}} | unverified",
                "{'lastCheck': {}, 'currentVersion': {'version': 4, 'changedAt': '2026-05-04T11:00:00Z'}} | ``",
                "{'currentVersion': null} | unverified",
                "{'credential': {'status': 'active', 'state': 'overdue', 'nextRotationAt': '2026-05-03T11:59:59Z'}} | overdue",
                "{'credential': {'status': 'active', 'state': 'overdue', 'nextRotationAt': '2026-05-03T12:00:01Z'}} | ``",
                "{'credential': {'status': 'active', 'nextRotationAt': '2026-05-01T00:00:00Z'}, 'activeOperation': {'id': 'op-7'}} | ``",
                "{'credential': {'status': 'decommissioned', 'state': 'decommissioned'}} | unusable",
                "{'credential': {'status': 'disabled', 'state': 'disabled'}} | unusable"
            })
    void each_reason_shuts_the_gate_and_nothing_else_does(String change, String expected)
            throws JsonProcessingException {
        JsonNode details = Json.read("""
                {"credential": {"status": "active", "state": "ok"},
                 "currentVersion": {"version": 4, "changedAt": "2026-04-01T00:00:00Z"},
                 "lastCheck": {"at": "2026-05-04T10:00:00Z"}, "openIncidents": []}
                """);
        JsonNode changes = Json.read(change.replace('\'', '"'));
        changes.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                ((com.fasterxml.jackson.databind.node.ObjectNode) details).remove(field.getKey());
            } else {
                ((com.fasterxml.jackson.databind.node.ObjectNode) details).set(field.getKey(), field.getValue());
            }
        });

        List<String> kinds = new GateRules(NOW, Duration.ofDays(1), Duration.ofDays(2))
                .judge(details).stream().map(GateRules.Reason::kind).toList();

        assertThat(kinds).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }
}
