package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures in the documentation show the models as they are. */
class PicturesTest {

    private static final Path PICTURES = Path.of("docs/pictures");

    static List<String> processes() throws IOException {
        return names(Path.of("processes"), ".bpmn");
    }

    static List<String> decisions() throws IOException {
        return names(Path.of("processes"), ".dmn");
    }

    @ParameterizedTest
    @MethodSource("processes")
    void each_picture_was_drawn_from_the_model_as_it_is(String process) throws Exception {
        assertThat(PICTURES.resolve(process + ".svg")).isNotEmptyFile();
        wasDrawnFrom(process + ".bpmn", process);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void each_picture_was_drawn_from_the_table_as_it_is(String decision) throws Exception {
        assertThat(PICTURES.resolve(decision + ".png")).isNotEmptyFile();
        wasDrawnFrom(decision + ".dmn", decision);
    }

    private static void wasDrawnFrom(String model, String name) throws IOException, NoSuchAlgorithmException {
        assertThat(Files.readString(PICTURES.resolve(name + ".sha256")).strip())
                .as("%s has changed: run docs/pictures/draw", model)
                .isEqualTo(checksum(Path.of("processes", model)));
    }

    @Test
    void no_picture_is_left_of_a_model_that_is_gone() throws IOException {
        assertThat(names(PICTURES, ".svg")).isEqualTo(processes());
        assertThat(names(PICTURES, ".png")).isEqualTo(decisions());
        assertThat(names(PICTURES, ".sha256"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(processes().stream(), decisions().stream())
                        .toList());
    }

    private static List<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    private static String checksum(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
