package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation holds together. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

    static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> config = Files.walk(Path.of("config"))) {
            return Stream.of(top, docs, config)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void each_link_within_the_repository_leads_somewhere(Path page) {
        List<String> broken = LINK.matcher(prose(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://") && !leadsSomewhere(page, link))
                .toList();

        assertThat(broken).as("links of %s", page).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void operators_find_each_failure_code(FailureCode code) {
        assertThat(read(Path.of("docs/operations.md"))).contains('`' + code.anchor() + '`');
    }

    @Test
    void each_decision_says_what_it_costs_and_is_listed() throws IOException {
        Path folder = Path.of("docs/adr");
        String index = read(folder.resolve("README.md"));
        try (Stream<Path> decisions = Files.list(folder)) {
            assertThat(decisions.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md")))
                    .isNotEmpty()
                    .allSatisfy(decision -> {
                        assertThat(index).contains("(" + decision.getFileName() + ")");
                        assertThat(read(decision)).contains("**Context.**", "**Decision.**", "**What it costs.**");
                    });
        }
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path folder = Objects.requireNonNull(page.toAbsolutePath().getParent());
        Path goal = parts[0].isEmpty() ? page : folder.resolve(parts[0]).normalize();
        return Files.exists(goal) && (parts.length == 1 || anchors(goal).contains(parts[1]));
    }

    /** Anchors as GitHub makes them. */
    private static List<String> anchors(Path page) {
        List<String> anchors = new ArrayList<>();
        for (MatchResult heading : HEADING.matcher(prose(page)).results().toList()) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static String prose(Path page) {
        return CODE.matcher(read(page)).replaceAll("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
