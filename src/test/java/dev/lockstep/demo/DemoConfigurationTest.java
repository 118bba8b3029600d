package dev.lockstep.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DemoConfigurationTest {

    private static final int PORT = 54320;

    @TempDir
    private Path directory;

    private Path policies;
    private Path target;

    @BeforeEach
    void a_first_start() {
        start();
        policies = directory.resolve("config/policies/demo.yaml");
        target = directory.resolve("config/targets/demo.yaml");
    }

    private void start() {
        DemoConfiguration.write(new DemoFiles(directory), PORT);
    }

    @Test
    void an_edited_file_is_kept_at_the_next_start_and_the_log_says_so(CapturedOutput output) throws IOException {
        String edited = Files.readString(policies).replace("PT90S", "PT5M");
        Files.writeString(policies, edited);
        start();
        assertThat(policies).hasContent(edited);
        assertThat(output.getAll().lines().filter(line -> line.contains("differs from the demo's own and is kept")))
                .singleElement()
                .asString()
                .contains(policies.toString(), "delete it to have that one");
    }

    @Test
    void what_nobody_has_edited_is_not_spoken_of(CapturedOutput output) {
        start();
        assertThat(output.getAll()).doesNotContain("is kept");
    }

    @Test
    void a_deleted_file_is_written_anew() throws IOException {
        String first = Files.readString(target);
        Files.delete(target);
        start();
        assertThat(target).hasContent(first);
    }
}
