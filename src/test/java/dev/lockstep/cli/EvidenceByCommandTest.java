package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Evidence from a terminal. */
class EvidenceByCommandTest extends OnAnEstate {

    @Test
    void an_auditor_takes_evidence_along_in_a_file() throws IOException {
        Path file = home.resolve("evidence.jsonl");

        Shell.Run run =
                as("anton").run("audit", "evidence", "--credential", "test/shop/pg/narrow", "--file", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file))
                .startsWith("{\"type\":\"header\"")
                .contains(
                        "\"credential\":\"test/shop/pg/narrow\"", "\"key_state\":\"active\"", "\"type\":\"signature\"");
        Shell.Run again = as("anton").run("audit", "evidence", "--control", "soc2-cc6.1", "-f", file.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("already");
        Path other = home.resolve("other.jsonl");
        Shell.Run unknown = as("anton").run("audit", "evidence", "--control", "iso", "-f", other.toString());
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("nist-sp-800-57");
        assertThat(as("vera")
                        .run("audit", "evidence", "--control", "soc2-cc6.1", "-f", other.toString())
                        .code())
                .isEqualTo(3);
        assertThat(other).doesNotExist();
    }

    @Test
    void evidence_to_read_is_a_page_in_a_file() throws IOException {
        Path file = home.resolve("evidence.html");

        Shell.Run run =
                as("anton").run("audit", "evidence", "--control", "soc2-cc6.1", "--html", "-f", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("SOC 2", "</html>");
        Path refused = home.resolve("refused.html");
        Shell.Run unknown =
                as("anton").run("audit", "evidence", "--control", "iso", "--html", "-f", refused.toString());
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("nist-sp-800-57");
        assertThat(refused).doesNotExist();
    }
}
