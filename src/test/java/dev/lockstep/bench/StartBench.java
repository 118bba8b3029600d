package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** How long the packaged jar takes until it is ready, and how much memory it has then. */
@Tag("bench")
class StartBench {

    private static final int STARTS = 5;

    private static final String STORE = """
            kind: Store
            name: embedded
            type: embedded
            """;

    @TempDir
    Path directory;

    @Test
    void the_packaged_jar_becomes_ready() throws IOException, InterruptedException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Files.writeString(config.resolve("store.yaml"), STORE);
        List<PackagedJar.Start> starts = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start()) {
            String database = server.createDatabase("lockstep");
            for (int i = 0; i < STARTS; i++) {
                PackagedJar jar = new PackagedJar(server, database, directory);
                starts.add(jar.start());
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory.resolve("data"));
        }
        report(starts);
        assertThat(starts).allSatisfy(start -> assertThat(start.readySeconds()).isPositive());
    }

    /** The first start finds an empty database and creates everything; the others are what a restart is like. */
    private static void report(List<PackagedJar.Start> starts) {
        PackagedJar.Start first = starts.get(0);
        List<PackagedJar.Start> later = starts.subList(1, starts.size());
        double seconds = Report.median(
                later.stream().mapToDouble(PackagedJar.Start::readySeconds).toArray());
        double cpu = Report.median(
                later.stream().mapToDouble(PackagedJar.Start::cpuSeconds).toArray());
        double megabytes = Report.median(
                later.stream().mapToDouble(PackagedJar.Start::megabytes).toArray());
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("options", PackagedJar.OPTIONS);
        measured.put("readySeconds", seconds);
        measured.put("cpuSeconds", cpu);
        measured.put("residentMegabytes", megabytes);
        measured.put("firstStart", first);
        measured.put("laterStarts", later);
        Report.write("start", measured, """
                ## Start of the packaged jar on PostgreSQL

                `java %s -jar lockstep.jar`

                | | ready after, s | CPU until then, s | resident, MB |
                |---|---|---|---|
                | first start, empty database | %.1f | %.1f | %.0f |
                | later starts, median of %d | **%.1f** | %.1f | **%.0f** |
                """.formatted(
                        String.join(" ", PackagedJar.OPTIONS),
                        first.readySeconds(),
                        first.cpuSeconds(),
                        first.megabytes(),
                        later.size(),
                        seconds,
                        cpu,
                        megabytes));
    }
}
