package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Operations;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.TargetAdapter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class MonitoringFilesTest {

    private static final Path FOLDER = Path.of("config/monitoring");

    private static final Pattern METRIC = Pattern.compile("\\blockstep(?:_[a-z0-9]+)+");
    private static final Pattern SELECTOR = Pattern.compile("(outcome|code|status)=~?\\\\?\"([a-z|-]+)\\\\?\"");

    /**
     * Registered by the audit trail, the sender of notices and the intake of signals, which these tests do not start.
     */
    private static final Set<String> OF_OTHERS = Set.of(
            "lockstep_audit_sealing_lag_seconds",
            "lockstep_audit_stream_lag_seconds",
            "lockstep_audit_stream_failing",
            "lockstep_audit_archive_failing",
            "lockstep_audit_intact",
            "lockstep_notices_total",
            "lockstep_signal_deliveries_total");

    /** What becomes of a delivery of leak reports. */
    private static final Set<String> OF_DELIVERIES = Set.of("forged", "stale", "malformed");

    @ParameterizedTest
    @ValueSource(strings = {"prometheus-rules.yml", "prometheus-rules-test.yml", "grafana-lockstep.json"})
    void every_metric_that_is_asked_for_exists(String file) throws Exception {
        Set<String> asked = new TreeSet<>(found(METRIC, text(file), 0));

        assertThat(asked).isNotEmpty();
        assertThat(names())
                .containsAll(
                        asked.stream().filter(name -> !OF_OTHERS.contains(name)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus-rules.yml", "grafana-lockstep.json"})
    void every_value_that_is_asked_for_can_occur(String file) throws Exception {
        Set<String> possible = Stream.of(
                        Stream.of("ok"),
                        Arrays.stream(Outcome.values()).map(Outcome::label),
                        Arrays.stream(FailureCode.values()).map(FailureCode::anchor),
                        Arrays.stream(OperationStatus.values())
                                .map(each -> each.name().toLowerCase(Locale.ROOT)),
                        Stream.of("active", "given-up"),
                        OF_DELIVERIES.stream())
                .flatMap(each -> each)
                .collect(Collectors.toSet());

        Set<String> asked = found(SELECTOR, text(file), 2).stream()
                .flatMap(values -> Arrays.stream(values.split("\\|", -1)))
                .collect(Collectors.toSet());

        assertThat(asked).isNotEmpty();
        assertThat(possible).containsAll(asked);
    }

    @Test
    void every_alert_has_a_severity_and_a_section_in_the_guide() throws Exception {
        JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(text("prometheus-rules.yml"));
        String guide = Files.readString(Path.of("docs/observability.md"));

        List<JsonNode> alerts = rules.findParents("alert");

        assertThat(alerts).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(guide).contains("`" + alert.path("alert").asText() + "`");
        });
    }

    @Test
    void every_metric_is_in_the_guide() throws Exception {
        String guide = Files.readString(Path.of("docs/observability.md"));

        assertThat(names().stream()
                        .map(name -> name.replaceAll("_(count|sum|max|created)$", ""))
                        .distinct())
                .allSatisfy(name -> assertThat(guide).contains(name));
    }

    @Test
    void panels_of_the_dashboard_have_ids_of_their_own_and_do_not_overlap() throws Exception {
        JsonNode panels =
                new ObjectMapper().readTree(text("grafana-lockstep.json")).path("panels");

        assertThat(panels.findValuesAsText("id").stream().distinct()).hasSize(panels.size());
        assertThat(panels.findValues("gridPos").stream().map(JsonNode::toString).distinct())
                .hasSize(panels.size());
    }

    private static Set<String> names() {
        return found(Pattern.compile("(?m)^(lockstep_[a-z0-9_]+)"), scrapeAfterOneOfEach(), 1);
    }

    private static String scrapeAfterOneOfEach() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(MeterRegistry.class, () -> registry);
            context.register(TestBeans.class);
            context.refresh();
            context.getBean(LedgerGauges.class).bindTo(registry);
            context.getBean(IncidentGauges.class).bindTo(registry);
            context.getBean(ConfigurationGauges.class).bindTo(registry);
            context.getBean(TargetAdapter.class)
                    .open(Samples.TARGET)
                    .verify(Samples.ACCOUNT, SecretValue.of("some-secret"));
            context.getBean(StoreAdapter.class).open(Samples.STORE).health();
            context.getBean(Attempts.class)
                    .fail(Samples.attempt(Step.APPLY), new RetryableException(FailureCode.DRIFT, "drift"));
            context.getBean(TestBeans.Ledger.class)
                    .original()
                    .operations
                    .add(Samples.operation(17, OperationStatus.RUNNING, null, Samples.NOW));
            context.getBean(Operations.class).close(17, Outcome.ROTATED);
            return registry.scrape();
        }
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }
}
