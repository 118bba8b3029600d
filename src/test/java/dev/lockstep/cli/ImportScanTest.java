package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reports of scanners from a terminal. */
class ImportScanTest extends OnAnEstate {

    @Test
    void a_report_is_imported_and_shown_as_a_table() throws IOException {
        Path report = home.resolve("trufflehog.jsonl");
        Files.writeString(
                report,
                "{\"DetectorName\":\"Postgres\",\"SourceMetadata\":{\"Data\":{\"Git\":{\"file\":\"a.env\",\"line\":4}}},"
                        + "\"Verified\":true,\"Raw\":\"not-one-of-ours\"}\n");

        Shell.Run run = as("olga")
                .run("incidents", "import", report.toString(), "--format", "trufflehog", "--exposure", "internal");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Postgres", "a.env:4", "FINDINGS").doesNotContain("not-one-of-ours");
        Shell.Run refused = as("olga")
                .run("incidents", "import", report.toString(), "--format", "gitleaks", "--exposure", "internal");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("JSON list");
        Shell.Run missing =
                as("olga").run("incidents", "import", "nowhere.json", "--format", "gitleaks", "--exposure", "internal");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("nowhere.json");
    }
}
