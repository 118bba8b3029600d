package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The alert rules as Prometheus itself reads them. */
@Tag("extended")
class MonitoringRulesTest {

    private static final String RULES = "config/monitoring/prometheus-rules.yml";
    private static final String CASES = "config/monitoring/prometheus-rules-test.yml";

    @Test
    void prometheus_accepts_the_alert_rules() {
        assertThat(Program.run(Map.of(), "promtool", "check", "rules", RULES)).contains("SUCCESS");
    }

    @Test
    void each_alert_fires_when_it_should_and_not_before() {
        assertThat(Program.run(Map.of(), "promtool", "test", "rules", CASES)).contains("SUCCESS");
    }
}
