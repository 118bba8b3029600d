package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Triage;
import dev.lockstep.process.engine.decision.Decisions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The triage table, row by row. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakTriageTest {

    private static final Path TABLE = Path.of("processes", "leak-triage.dmn");

    private final Set<String> hit = new HashSet<>();
    private DmnEngine engine;
    private DmnDecision table;

    @BeforeAll
    void readTheTable() throws IOException {
        DefaultDmnEngineConfiguration configuration = Decisions.settings();
        configuration.setCustomPostDecisionTableEvaluationListeners(List.of(this::note));
        engine = configuration.buildEngine();
        try (InputStream in = Files.newInputStream(TABLE)) {
            table = engine.parseDecision("leak-triage", in);
        }
    }

    private void note(DmnDecisionTableEvaluationEvent event) {
        event.getMatchingRules().forEach(rule -> hit.add(rule.getId()));
    }

    @AfterAll
    void everyRowWasHit() {
        Set<String> rows = Dmn.readModelFromFile(TABLE.toFile()).getModelElementsByType(Rule.class).stream()
                .map(Rule::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        rows.removeAll(hit);
        assertThat(rows).isEmpty();
    }

    @ParameterizedTest(name = "row {0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "1, none, true, leak, confirmed, public, human, '', '', ignore, low, P1D, ignore",
                "2, unmanaged, true, leak, confirmed, public, human, prod, database-user, review, high, PT1H, ignore",
                "15, unnamed, true, leak, confirmed, public, vendor, '', '', review, high, PT1H, ignore",
                "3, managed, false, leak, confirmed, public, human, prod, database-user, ignore, low, P1D, ignore",
                "4, managed, true, leak, confirmed, public, human, dev, database-user, revoke-now, critical, PT4H, revoke-now",
                "4, managed, true, leak, confirmed, unknown, scanner, prod, api-key, revoke-now, critical, PT4H, revoke-now",
                "5, managed, true, leak, confirmed, internal, human, prod, database-user, rotate-now, high, P1D, rotate-now",
                "6, managed, true, leak, likely, public, scanner, dev, database-user, revoke-now, high, PT4H, revoke-now",
                "7, managed, true, leak, likely, internal, scanner, dev, cloud-key, revoke-now, high, PT4H, revoke-now",
                "8, managed, true, leak, likely, internal, scanner, prod, database-user, review, high, PT30M, rotate-now",
                "9, managed, true, leak, likely, unknown, scanner, dev, database-user, rotate-now, medium, P1D, rotate-now",
                "10, managed, true, leak, possible, public, scanner, dev, database-user, review, high, PT15M, revoke-now",
                "11, managed, true, suspicion, likely, unknown, human, prod, database-user, review, high, PT30M, rotate-now",
                "12, managed, true, anomaly, confirmed, internal, delivery, prod, tls-key, review, high, PT15M, rotate-now",
                "13, managed, true, suspicion, possible, public, human, prod, ssh-key, review, medium, PT2H, rotate-now",
                "14, managed, true, anomaly, likely, unknown, delivery, dev, ssh-key, review, medium, PT4H, rotate-now"
            })
    void each_row_decides_as_it_says(
            int row,
            String match,
            boolean valid,
            String report,
            String confidence,
            String exposure,
            String source,
            String environment,
            String kind,
            String response,
            String severity,
            String deadline,
            String safeDefault) {
        Triage triage = ask(Map.of(
                "match", match,
                "valid", valid,
                "report", report,
                "confidence", confidence,
                "exposure", exposure,
                "source", source,
                "environment", environment,
                "class", kind));
        assertThat(hit).contains("Row_" + row);
        assertThat(triage.response()).isEqualTo(LeakResponse.of(response));
        assertThat(triage.severity()).isEqualTo(Severity.of(severity));
        assertThat(triage.deadline()).isEqualTo(Duration.parse(deadline));
        assertThat(triage.safeDefault()).isEqualTo(LeakResponse.of(safeDefault));
        assertThat(triage.group()).isEqualTo("security");
        assertThat(triage.reason()).isNotBlank();
    }

    /** Every combination has an answer, and what is surely public and alive is never left to wait. */
    @Test
    void nothing_falls_through_and_no_sure_public_leak_waits() {
        int answers = 0;
        for (Map<String, Object> facts : combinations()) {
            Triage triage = ask(facts);
            answers++;
            boolean managed = "managed".equals(facts.get("match")) && Boolean.TRUE.equals(facts.get("valid"));
            boolean sure = "leak".equals(facts.get("report")) && "confirmed".equals(facts.get("confidence"));
            if (managed && sure && !"internal".equals(facts.get("exposure"))) {
                assertThat(triage.response()).as("%s", facts).isEqualTo(LeakResponse.REVOKE_NOW);
            }
            if (managed) {
                assertThat(triage.response()).as("%s", facts).isNotEqualTo(LeakResponse.IGNORE);
            }
        }
        assertThat(answers).isEqualTo(4 * 2 * 3 * 3 * 3 * 4 * 2 * 2);
    }

    private static List<Map<String, Object>> combinations() {
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        columns.put("match", List.of("managed", "unmanaged", "unnamed", "none"));
        columns.put("valid", List.of(true, false));
        columns.put("report", List.of("leak", "suspicion", "anomaly"));
        columns.put("confidence", List.of("confirmed", "likely", "possible"));
        columns.put("exposure", List.of("public", "unknown", "internal"));
        columns.put("source", List.of("human", "scanner", "vendor", "delivery"));
        columns.put("environment", List.of("prod", "dev"));
        columns.put("class", List.of("cloud-key", "database-user"));
        Stream<Map<String, Object>> all = Stream.of(Map.of());
        for (Map.Entry<String, List<Object>> column : columns.entrySet()) {
            all = all.flatMap(facts -> column.getValue().stream().map(value -> with(facts, column.getKey(), value)));
        }
        return all.toList();
    }

    private static Map<String, Object> with(Map<String, Object> facts, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return more;
    }

    private Triage ask(Map<String, Object> facts) {
        Map<String, Object> row =
                engine.evaluateDecisionTable(table, facts).getSingleResult().getEntryMap();
        return new Triage(
                LeakResponse.of(String.valueOf(row.get("response"))),
                Severity.of(String.valueOf(row.get("severity"))),
                String.valueOf(row.get("reason")),
                String.valueOf(row.get("group")),
                Duration.parse(String.valueOf(row.get("deadline"))),
                LeakResponse.of(String.valueOf(row.get("safeDefault"))));
    }
}
