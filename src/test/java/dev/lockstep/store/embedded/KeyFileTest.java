package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private final Path path;

    KeyFileTest(@TempDir Path directory) {
        path = directory.resolve("data/kek");
    }

    @Test
    void a_made_file_holds_one_key_and_belongs_to_its_owner_alone() throws IOException {
        new KeyFile(path).create();
        assertThat(new KeyFile(path).read()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(path.resolveSibling("."))) {
            assertThat(files.map(Path::getFileName)).containsExactly(path.getFileName());
        }
    }

    @Test
    void making_the_file_never_replaces_another_one() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        Set<String> ids = new HashSet<>();
        try {
            Callable<String> node = () -> {
                new KeyFile(path).create();
                return new KeyFile(path).read().get(0).id();
            };
            for (Future<String> id : nodes.invokeAll(List.of(node, node, node, node))) {
                ids.add(id.get());
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void the_first_key_is_the_current_one_and_comments_are_skipped() throws IOException {
        write("# made in spring\n\n" + KEK_B + "\n# older\n  " + KEK_A + "  \r\n", "rw-------");
        assertThat(new KeyFile(path).read())
                .extracting(KeyEncryptionKey::id)
                .containsExactly(
                        KeyEncryptionKey.parse(KEK_B, "test").id(),
                        KeyEncryptionKey.parse(KEK_A, "test").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rwxrwxrwx"})
    void a_file_that_is_open_to_others_is_refused(String permissions) throws IOException {
        write(KEK_A, permissions);
        assertThatThrownBy(() -> new KeyFile(path).read())
                .isInstanceOf(KeyRefused.class)
                .hasMessageContainingAll(permissions, "chmod 600 " + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void a_file_of_its_owner_alone_is_accepted(String permissions) throws IOException {
        write(KEK_A, permissions);
        assertThat(new KeyFile(path).read()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "c2hvcnQ=", "not base64!", "AAAA", "\u00e4\u00f6"})
    void a_file_without_a_usable_key_is_refused_in_one_line_that_does_not_quote_it(String content) throws IOException {
        write(content, "rw-------");
        assertThatThrownBy(() -> new KeyFile(path).read())
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining(path.toString())
                .hasMessageNotContainingAny("\n", "c2hvcnQ", "not base64!", "AAAA");
    }

    @Test
    void a_directory_in_its_place_is_refused() throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> new KeyFile(path).read())
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_place_that_cannot_be_written_is_refused() throws IOException {
        Path blocked = path.resolveSibling("file");
        Files.createDirectories(blocked.getParent());
        Files.writeString(blocked, "no directory");
        assertThatThrownBy(() -> new KeyFile(blocked.resolve("kek")).create())
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("cannot be created");
    }

    private void write(String content, String permissions) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
