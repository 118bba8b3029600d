package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaFilesTest {

    private final Visitor editor;

    SchemaFilesTest(@LocalServerPort int port) {
        this.editor = new Visitor(port);
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("config/schemas"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void an_editor_gets_each_schema_without_a_login(Path file) throws IOException {
        HttpResponse<String> answer = editor.get("/schemas/" + file.getFileName());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo(Files.readString(file));
    }

    @Test
    void nothing_else_is_offered_there() {
        assertThat(editor.get("/schemas/none.json").statusCode()).isEqualTo(404);
        assertThat(editor.get("/schemas/../application.yml").statusCode()).isIn(400, 401, 404);
        assertThat(editor.get("/schemas/").statusCode()).isIn(401, 403, 404);
    }
}
