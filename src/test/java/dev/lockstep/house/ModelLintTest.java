package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models as Camunda's linter reads them; it is installed by {@code npm ci --prefix .ci/lint}. */
class ModelLintTest {

    private static final String[] LINT = {"npm", "run", "--silent", "--prefix", ".ci/lint", "lint"};

    @TempDir
    private Path folder;

    @Test
    @Tag("extended")
    void the_linter_finds_nothing_in_the_shipped_models() {
        Program.run(Map.of(), LINT);
    }

    @Test
    @Tag("extended")
    void the_linter_finds_a_step_that_leads_nowhere_and_a_process_without_a_text() throws IOException {
        String rotation = Files.readString(Path.of("processes/rotation.bpmn"));
        Path broken = Files.writeString(
                folder.resolve("broken.bpmn"),
                rotation.replaceFirst("<bpmn:sequenceFlow id=\"Done\".*", "")
                        .replaceFirst("<bpmn:documentation>Moves one credential.*", ""));
        Program.Ended ended = Program.end(Map.of(), append("--", broken.toString()));

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output())
                .contains("CloseRotated", "no-implicit-end", "Process has no documentation")
                .doesNotContain("UndoStageVersion");
    }

    @Test
    void the_linter_comes_from_whatever_registry_the_machine_uses() throws IOException {
        assertThat(Files.readString(Path.of(".ci/lint/package-lock.json"))).doesNotContain("://");
    }

    private static String[] append(String... more) {
        String[] all = Arrays.copyOf(LINT, LINT.length + more.length);
        System.arraycopy(more, 0, all, LINT.length, more.length);
        return all;
    }
}
