package dev.lockstep.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was measured for machines and for people, below {@code target/reports}. */
final class Report {

    private static final Logger log = LoggerFactory.getLogger(Report.class);
    private static final Path REPORTS = Path.of("target", "reports");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Report() {}

    /**
     * Writes {@code bench-<name>.json} and {@code bench-<name>.md}, then {@code bench.md} of all benchmarks so far.
     *
     * @param text in Markdown, for people
     */
    static void write(String name, Map<String, ?> measured, String text) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.putAll(measured);
        all.put("machine", machine());
        try {
            Files.createDirectories(REPORTS);
            JSON.writeValue(REPORTS.resolve("bench-" + name + ".json").toFile(), all);
            Files.writeString(REPORTS.resolve("bench-" + name + ".md"), text);
            String summary = "# Benchmark\n\n" + String.join("\n", texts());
            Files.writeString(REPORTS.resolve("bench.md"), summary);
            log.info("\n{}", summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #write}, as one part of a report that others write parts of too; leaves theirs as they are. */
    static void add(String name, String part, Map<String, ?> measured, String text) {
        Path file = REPORTS.resolve("bench-" + name + ".json");
        Map<String, Object> all = new LinkedHashMap<>();
        try {
            if (Files.exists(file)) {
                all.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, Object>>() {}));
            }
            Files.createDirectories(REPORTS);
            Files.writeString(REPORTS.resolve("bench-" + name + "-" + part + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.put(part, measured);
        write(name, all, "");
    }

    private static List<String> texts() throws IOException {
        try (Stream<Path> files = Files.list(REPORTS)) {
            return files.filter(file -> file.getFileName().toString().matches("bench-.*\\.md"))
                    .sorted()
                    .map(Report::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> machine() {
        return Map.of(
                "processors", Runtime.getRuntime().availableProcessors(),
                "load", Usage.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    /** The value that so many of a hundred do not exceed. */
    static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
