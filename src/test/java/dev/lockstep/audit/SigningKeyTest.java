package dev.lockstep.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    private static final byte[] STATEMENT = "a statement".getBytes(UTF_8);

    private final Path file;

    SigningKeyTest(@TempDir Path directory) {
        this.file = directory.resolve("data/audit-signing-key");
    }

    @Test
    void theFirstStartGeneratesAKeyThatOnlyTheOwnerReads() throws IOException {
        SigningKey key = SigningKey.at(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(SigningKey.publicHalf(file)).content().startsWith("-----BEGIN PUBLIC KEY-----\n");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
        assertThat(key.publicKey().id()).matches("[0-9a-f]{16}");
    }

    @Test
    void theNextStartUsesTheSameKey() {
        SigningKey first = SigningKey.at(file);

        SigningKey second = SigningKey.at(file);

        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(VerificationKey.read(SigningKey.publicHalf(file)).verifies(STATEMENT, second.sign(STATEMENT)))
                .isTrue();
        assertThat(first.publicKey().verifies("another".getBytes(UTF_8), second.sign(STATEMENT)))
                .isFalse();
        assertThat(first.publicKey().verifies(STATEMENT, "not base 64!")).isFalse();
    }

    /** Starts with a key, and tells its number. */
    static final class Starting {

        private Starting() {}

        public static void main(String[] file) {
            System.out.println(SigningKey.at(Path.of(file[0])).publicKey().id());
        }
    }

    @Test
    void processesThatStartAtOnceHaveOneKey() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starting.class.getName(),
                file.toString());
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        Set<String> told = new HashSet<>();
        for (Process process : processes) {
            told.add(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
            assertThat(process.waitFor()).as(told.toString()).isZero();
        }

        assertThat(told).containsExactly(SigningKey.at(file).publicKey().id());
    }

    @Test
    void threadsThatStartAtOnceHaveOneKey() {
        for (int round = 0; round < 50; round++) {
            Path fresh = file.resolveSibling("key-" + round);

            assertThat(IntStream.range(0, 8)
                            .parallel()
                            .mapToObj(i -> SigningKey.at(fresh).publicKey().id())
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        SigningKey.at(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void aMissingOrForeignPublicHalfIsRefused() throws IOException {
        SigningKey.at(file);
        Path other = file.resolveSibling("other");
        SigningKey.at(other);
        Files.copy(SigningKey.publicHalf(other), SigningKey.publicHalf(file), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("is not the public half");

        Files.delete(SigningKey.publicHalf(file));
        assertThatThrownBy(() -> SigningKey.at(file)).hasMessageContaining("openssl pkey");
    }

    @Test
    void aDamagedKeyIsNamedButNotShown() throws IOException {
        SigningKey.at(file);
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LW1hdGVyaWFs\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.at(file))
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("c2VjcmV0");
    }
}
