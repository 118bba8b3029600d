package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key-encryption key goes away and comes back while Lockstep runs. */
class KeyLossTest {

    private static final CredentialName CREDENTIAL = CredentialName.of("test/team/store/lost");
    private static final SecretRef FIRST = new SecretRef(CREDENTIAL, 1);
    private static final SecretRef SECOND = new SecretRef(CREDENTIAL, 2);

    private final StoreDatabase database = StoreDatabase.h2();
    private final Path file;
    private final SecretStore store;
    private final Keysets keysets;

    KeyLossTest(@TempDir Path directory) throws IOException {
        file = directory.resolve("kek");
        provide(KEK_A);
        keysets = database.keysets(source());
        store = database.store("main", keysets);
    }

    private KeySource source() {
        return new KeySource("", "", new KeyFile(file), false);
    }

    private void provide(String key) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key);
    }

    @BeforeEach
    void stageAndPromoteTheFirst() {
        stage(store, FIRST);
        store.promote(FIRST);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void without_the_key_nothing_can_be_staged_and_what_is_there_stays_readable() throws IOException {
        Files.delete(file);
        unavailable(() -> stage(store, SECOND));
        assertThat(text(store.read(FIRST).orElseThrow())).isEqualTo("value of " + FIRST);
        assertThat(store.current(CREDENTIAL)).contains(FIRST);
        assertThat(new KeyedFingerprints(keysets).of(SecretValue.of("leaked"))).hasSize(64);
        assertThat(store.health().up()).isFalse();
        assertThat(store.health().detail()).contains("LOCKSTEP_KEK");
    }

    @Test
    void with_the_key_back_staging_goes_on_without_a_restart() throws IOException {
        Files.delete(file);
        unavailable(() -> stage(store, SECOND));
        provide(KEK_A);
        stage(store, SECOND);
        store.promote(SECOND);
        assertThat(text(store.read(SECOND).orElseThrow())).isEqualTo("value of " + SECOND);
        assertThat(store.health().up()).isTrue();
    }

    @Test
    void a_wrong_key_counts_as_none_at_all() throws IOException {
        provide(KEK_B);
        unavailable(() -> stage(store, SECOND));
        assertThat(store.health().up()).isFalse();
    }

    @Test
    void a_key_file_that_was_opened_to_others_counts_as_none_at_all() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        unavailable(() -> stage(store, SECOND));
    }

    @Test
    void a_store_that_was_never_opened_cannot_be_read_without_the_key() throws IOException {
        Keysets cold = database.unstarted(source());
        Files.delete(file);
        unavailable(() -> database.store("main", cold).read(FIRST));
    }

    @Test
    void a_keyset_that_was_deleted_is_told_apart_from_a_lost_version() {
        Keysets cold = database.unstarted(source());
        database.jdbc()
                .sql("DELETE FROM embedded_keyset WHERE name = 'store:main'")
                .update();
        unavailable(() -> database.store("main", cold).read(FIRST));
    }

    private static void stage(SecretStore store, SecretRef ref) {
        try (SecretValue value = SecretValue.of("value of " + ref)) {
            store.stage(ref, value);
        }
    }

    private static String text(SecretValue secret) {
        try (secret) {
            return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RetryableException.class)
                .extracting(failure -> ((LockstepException) failure).code())
                .isEqualTo(FailureCode.KEY_UNAVAILABLE);
    }
}
