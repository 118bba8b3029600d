package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemSecretReferencesTest {

    private final Map<String, String> environment = Map.of("PG_PASSWORD", "s3cr\u00e9t", "BLANK", "");
    private final SystemSecretReferences references = new SystemSecretReferences(environment::get);
    private final Path folder;

    SystemSecretReferencesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private String resolve(String reference) {
        try (SecretValue secret = references.resolve(reference)) {
            return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private Path file(String permissions, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("secret"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Path file(String permissions, String content) throws IOException {
        return file(permissions, content.getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(String reference, String says) {
        assertThatThrownBy(() -> references.resolve(reference)).isInstanceOfSatisfying(PermanentException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.MISCONFIGURED);
            assertThat(e).hasMessageContaining(says).hasNoCause();
        });
    }

    @Test
    void readsAnEnvironmentVariable() {
        assertThat(resolve("${env:PG_PASSWORD}")).isEqualTo("s3cr\u00e9t");
    }

    @Test
    void readsAFileWithoutItsTrailingNewline() throws IOException {
        assertThat(resolve("${file:" + file("rw-------", "s3cret\n") + "}")).isEqualTo("s3cret");
        assertThat(resolve("${file:" + file("rw-r-----", "s3cret\r\n") + "}")).isEqualTo("s3cret");
        assertThat(resolve("${file:" + file("rw-------", " two\nlines \n\n") + "}"))
                .isEqualTo(" two\nlines \n");
    }

    @Test
    void readsAFileAnewEachTime() throws IOException {
        Path file = file("rw-------", "old");
        String reference = "${file:" + file + "}";
        assertThat(resolve(reference)).isEqualTo("old");

        Files.writeString(file, "new");

        assertThat(resolve(reference)).isEqualTo("new");
    }

    @Test
    void letsATextThatIsNoReferenceStandForItself() {
        assertThat(resolve("plain $text {with} ${parts")).isEqualTo("plain $text {with} ${parts");
    }

    @Test
    void namesAVariableThatIsNotSetOrEmpty() {
        refuses("${env:NOWHERE}", "${env:NOWHERE} points to a variable that is not set");
        refuses("${env:BLANK}", "${env:BLANK} points to a variable that is not set or empty");
    }

    @Test
    void namesAFileThatIsMissingEmptyOrNoRegularFile() throws IOException {
        refuses("${file:/no/such/file}", "${file:/no/such/file} points to no regular file");
        refuses("${file:" + folder + "}", "points to no regular file");
        refuses("${file:/dev/zero}", "points to no regular file");
        refuses("${file:" + file("rw-------", "\n") + "}", "points to an empty file");
    }

    @Test
    void refusesAFileThatEverybodyMayRead() throws IOException {
        refuses("${file:" + file("rw-r--r--", "s3cret") + "}", "everybody may read; chmod 600 it");
    }

    @Test
    void looksAtThePermissionsOfTheFileBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file("rw-r--r--", "s3cret"));

        refuses("${file:" + link + "}", "everybody may read");
    }

    @Test
    void readsUpTo64KibibytesAndNoMore() throws IOException {
        assertThat(resolve("${file:" + file("rw-------", "x".repeat(SystemSecretReferences.MAX_BYTES)) + "}"))
                .hasSize(SystemSecretReferences.MAX_BYTES);
        refuses("${file:" + file("rw-------", "x".repeat(SystemSecretReferences.MAX_BYTES + 1)) + "}", "64 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${evn:PG_PASSWORD}", "${env:}", "${env:A B}", "${file:relative}", "${PG_PASSWORD}", "${}"})
    void refusesWhatLooksLikeAReferenceButIsNone(String reference) {
        refuses(reference, "is no reference that Lockstep knows; write ${env:NAME}, ${file:/path} or ${credential:");
    }

    @Test
    void refusesAnEmptySecret() {
        refuses("", "a secret is empty");
    }
}
