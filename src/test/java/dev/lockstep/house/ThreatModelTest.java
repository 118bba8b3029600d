package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the threat model says is shown by a test is shown by a test. */
class ThreatModelTest {

    private static final Path MODEL = Path.of("docs/threat-model.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)\\.([A-Za-z0-9_]+)`");
    private static final List<String> STRIDE = List.of(
            "Spoofing",
            "Tampering",
            "Repudiation",
            "Information disclosure",
            "Denial of service",
            "Elevation of privilege");

    static Stream<String> named() throws IOException {
        return NAMED.matcher(Files.readString(MODEL))
                .results()
                .map(MatchResult::group)
                .map(text -> text.replace("`", ""))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("named")
    void each_test_that_is_named_exists(String name) throws IOException {
        String[] parts = name.split("\\.", 2);
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(parts[0] + ".java")).toList();
            assertThat(found).as("the class of %s", name).hasSize(1);
            assertThat(Files.readString(found.get(0))).contains("void " + parts[1] + "(");
        }
    }

    @Test
    void each_threat_of_each_sort_names_a_test() throws IOException {
        List<String> lines = Files.readAllLines(MODEL);
        for (String sort : STRIDE) {
            int heading = -1;
            for (int i = 0; i < lines.size() && heading < 0; i++) {
                heading = lines.get(i).startsWith("## " + sort) ? i : -1;
            }
            assertThat(heading).as(sort).isNotNegative();
            List<String> rows = lines.subList(heading + 1, lines.size()).stream()
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| threat"))
                    .toList();
            assertThat(rows)
                    .as(sort)
                    .isNotEmpty()
                    .allMatch(row -> NAMED.matcher(row).find());
        }
    }
}
