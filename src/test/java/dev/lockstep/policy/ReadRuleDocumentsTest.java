package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.Signal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the kind {@code ReadRule}. */
class ReadRuleDocumentsTest {

    private static final String RULE = """
            kind: ReadRule
            name: production
            credentials: ["prod/*"]
            networks: [10.0.0.0/8, private]
            windows: [{from: "06:00", to: "20:00", zone: UTC}]
            rate: 600/h
            unknown-consumer: false
            confidence: likely
            """;

    @TempDir
    Path root;

    private ConfigDir directory;

    @BeforeEach
    void others() {
        directory = Samples.all(new ConfigDir(root));
    }

    @Test
    void a_rule_says_which_reads_are_usual() {
        ReadRule rule = Objects.requireNonNull(
                directory.file("reads/prod.yaml", RULE).load().readRules().get("production"));

        assertThat(rule.covers(CredentialName.of("prod/shop/postgres/orders-app")))
                .isTrue();
        assertThat(rule.covers(CredentialName.of("dev/shop/postgres/orders-app")))
                .isFalse();
        assertThat(rule.usual(Instant.parse("2026-05-04T12:00:00Z"))).isTrue();
        assertThat(rule.usual(Instant.parse("2026-05-04T23:00:00Z"))).isFalse();
        assertThat(rule.strangers()).isFalse();
        assertThat(rule.retired()).as("unless it is switched off").isTrue();
        assertThat(rule.confidence()).isEqualTo(Signal.Confidence.LIKELY);
    }

    @Test
    void each_error_names_line_and_field() {
        directory.file(
                "reads/wrong.yaml",
                RULE.replace("10.0.0.0/8", "10.0.0.0/99")
                        .replace("06:00", "6 o'clock")
                        .replace("600/h", "often")
                        .replace("likely", "surely"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field)
                .containsExactly(
                        tuple(4, "networks[0]"), tuple(5, "windows[0].from"), tuple(6, "rate"), tuple(8, "confidence"));
    }
}
