package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.policy.PlanProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan over a hundred thousand credentials, one of a hundred changed, in a heap of 512 MB. */
@Tag("bench")
class PlanBench {

    private static final int CREDENTIALS = 100_000;
    private static final int PATIENCE_IN_MINUTES = 10;

    @TempDir
    Path directory;

    @Test
    void a_hundred_thousand_credentials_are_planned() throws IOException, InterruptedException {
        Path figures = directory.resolve("figures.json");
        Path log = directory.resolve("log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                PlanProgram.class.getName(),
                directory.resolve("config").toString(),
                Integer.toString(CREDENTIALS),
                figures.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_IN_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
        Map<String, Object> measured = new ObjectMapper().readValue(figures.toFile(), new TypeReference<>() {});
        Report.add("scale", "plan", measured, """
                ## Plan

                %s credentials in %s files, %s: planned in %s s, applied in %s s, in a heap of %s MB.
                """.formatted(
                        measured.get("credentials"),
                        measured.get("files"),
                        measured.get("changes"),
                        measured.get("planSeconds"),
                        measured.get("applySeconds"),
                        measured.get("heapLimitMb")));
    }
}
