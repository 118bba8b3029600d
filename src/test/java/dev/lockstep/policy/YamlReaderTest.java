package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no proper YAML, or that use YAML against the reader, are refused with their place. */
@Timeout(10)
class YamlReaderTest {

    private final ConfigDir directory;

    YamlReaderTest(@TempDir Path root) {
        directory = Samples.all(new ConfigDir(root));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("kind: Policy\nkind: Policy\n", 2, 1, "stands here a second time, first in line 1"),
                Arguments.of("a: {b: 1, b: 2}\n", 1, 11, "a.b: stands here a second time"),
                Arguments.of("a: &x {b: 1}\n", 1, 4, "anchors and aliases"),
                Arguments.of("a: *x\n", 1, 4, "anchors and aliases"),
                Arguments.of("a: !!java.net.URL [x]\n", 1, 4, "tags (!) are not supported"),
                Arguments.of("a: !secret hunter2\n", 1, 4, "tags (!) are not supported"),
                Arguments.of("a: [1, 2\n", 2, 1, "is not valid YAML: expected ',' or ']'"),
                Arguments.of("a: \"hunter2\n", 2, 1, "is not valid YAML: found unexpected end of stream"),
                Arguments.of("a: b: hunter2\n", 1, 5, "is not valid YAML: mapping values are not allowed here"),
                Arguments.of("a: 1\n\tb: 2\n", 2, 1, "cannot start any token"),
                Arguments.of("? [a]\n: 1\n", 1, 4, "is not valid YAML"),
                Arguments.of("a: 1\nb: x\u202ey\n", 2, 5, "the invisible character U+202E"),
                Arguments.of("a: \"x\\u202ey\"\n", 1, 4, "a: the invisible character U+202E"),
                Arguments.of("\"a\\u0000b\": 1\n", 1, 1, "the invisible character U+0000"),
                Arguments.of("a: x\u0007y\n", 1, 5, "the invisible character U+0007"),
                Arguments.of("- a\n- b\n", 1, 1, "a document is a mapping of keys to values"),
                Arguments.of("just text\n", 1, 1, "a document is a mapping of keys to values"),
                Arguments.of("a: " + "[".repeat(10_000) + "\n", 1, 23, "nested deeper than 20 levels"),
                Arguments.of(
                        "kind: Policy\nrotate: " + "9".repeat(50_000) + "\n",
                        2,
                        9,
                        "rotate: the value is not accepted"),
                Arguments.of("kind: Policy\nname: " + "9".repeat(4_000_000), 2, 1, "line is longer than 64 KiB"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aFileThatCannotBeReadSafelyIsRefusedWithItsPlace(String text, int line, int column, String says) {
        ConfigurationError error = directory.file("policies/bad.yaml", text).errors().stream()
                .filter(found -> found.toString().contains(says))
                .findFirst()
                .orElseThrow();

        assertThat(error.file()).endsWith("bad.yaml");
        assertThat(error.toString()).doesNotContain("hunter2");
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isEqualTo(column);
    }

    @Test
    void anAliasBombIsRefusedAtItsFirstAnchor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
        }

        ConfigurationError error =
                directory.file("policies/bad.yaml", bomb.toString()).errors().get(0);

        assertThat(error.problem()).contains("anchors and aliases");
        assertThat(error.line()).isEqualTo(1);
    }

    @Test
    void aFileOfMoreThanFiveMegabytesIsRefused() {
        byte[] huge = ("# " + "x".repeat(SourceText.MAX_BYTES)).getBytes(StandardCharsets.US_ASCII);

        assertThat(directory.file("policies/bad.yaml", huge).error().problem()).isEqualTo("is larger than 5 MB");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
        byte[] latin1 = "kind: Policy\nname: m\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1);

        ConfigurationError error = directory.file("policies/bad.yaml", latin1).error();

        assertThat(error.problem()).isEqualTo("these bytes are not UTF-8");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.column()).isEqualTo(8);
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsAllowed() {
        directory.file("policies/bom.yaml", "\ufeff" + Samples.POLICY.replace("app-password", "bom"));

        assertThat(directory.load().policies()).containsKey("bom");
    }

    @Test
    void fiftyThousandErrorsInOneFileAreFoundWithinSeconds() {
        String list = "kind: Policy\nname: x\nsecret: {type: password, classes: [" + "q,\n".repeat(50_000) + "q]}\n";

        assertThat(directory.file("policies/bad.yaml", list).errors()).hasSizeGreaterThan(50_000);
    }
}
