package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_B;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_C;
import static dev.lockstep.store.embedded.StoreDatabase.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Exchanging the key-encryption key, on any database. */
abstract class KeyRotationTest {

    private static final CredentialName CREDENTIAL = CredentialName.of("test/team/store/rotated");
    private static final SecretRef FIRST = new SecretRef(CREDENTIAL, 1);
    private static final SecretRef SECOND = new SecretRef(CREDENTIAL, 2);

    private final StoreDatabase database;

    KeyRotationTest(StoreDatabase database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void after_re_wrapping_the_older_key_is_no_longer_needed() {
        stage(keys(KEK_A), FIRST, "first");
        database.keysets(keys(KEK_B, KEK_A));
        assertThat(wrappedBy()).containsOnly(id(KEK_B));
        assertThat(read(keys(KEK_B), FIRST)).isEqualTo("first");
    }

    @Test
    void after_re_wrapping_the_older_key_opens_nothing() {
        stage(keys(KEK_A), FIRST, "first");
        database.keysets(keys(KEK_B, KEK_A));
        assertThatThrownBy(() -> database.keysets(keys(KEK_A)))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContainingAll(id(KEK_A), id(KEK_B), "does not open")
                .hasMessageNotContainingAny(KEK_A, KEK_B, "\n");
    }

    @Test
    void starting_again_with_both_keys_changes_nothing() {
        stage(keys(KEK_A), FIRST, "first");
        database.keysets(keys(KEK_B, KEK_A));
        List<String> before = rows();
        database.keysets(keys(KEK_B, KEK_A));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void new_versions_take_a_data_key_that_the_older_key_never_wrapped() {
        stage(keys(KEK_A), FIRST, "first");
        stage(keys(KEK_B, KEK_A), SECOND, "second");
        assertThat(generations()).containsExactly(1, 2);
        assertThat(read(keys(KEK_B), FIRST)).isEqualTo("first");
        assertThat(read(keys(KEK_B), SECOND)).isEqualTo("second");
    }

    @Test
    void a_running_node_reads_what_a_restarted_one_wrote_with_the_new_data_key() {
        SecretStore running = database.store("main", database.keysets(keys(KEK_A, KEK_B)));
        stage(keys(KEK_B, KEK_A), FIRST, "first");
        assertThat(text(running.read(FIRST).orElseThrow())).isEqualTo("first");
    }

    @Test
    void fingerprints_stay_the_same() {
        String before = fingerprint(keys(KEK_A));
        assertThat(fingerprint(keys(KEK_B, KEK_A))).isEqualTo(before);
        assertThat(fingerprint(keys(KEK_B))).isEqualTo(before);
    }

    @Test
    void several_rotations_in_a_row_keep_everything_readable() {
        stage(keys(KEK_A), FIRST, "first");
        database.keysets(keys(KEK_B, KEK_A));
        stage(keys(KEK_C, KEK_B), SECOND, "second");
        assertThat(read(keys(KEK_C), FIRST)).isEqualTo("first");
        assertThat(read(keys(KEK_C), SECOND)).isEqualTo("second");
    }

    @Test
    void a_failure_half_way_leaves_all_keysets_as_they_were_and_the_next_start_finishes() {
        stage(keys(KEK_A), FIRST, "first");
        List<String> before = rows();
        // The keysets are taken in the order of their names: the fingerprint key first, then the store's.
        execute("ALTER TABLE embedded_keyset ADD CONSTRAINT broken CHECK (NOT (name = 'store:main' AND kek = '"
                + id(KEK_B) + "'))");
        assertThatThrownBy(() -> database.keysets(keys(KEK_B, KEK_A))).isInstanceOf(DataAccessException.class);
        assertThat(rows()).isEqualTo(before);
        assertThat(read(keys(KEK_A), FIRST)).isEqualTo("first");

        execute("ALTER TABLE embedded_keyset DROP CONSTRAINT broken");
        database.keysets(keys(KEK_B, KEK_A));
        assertThat(wrappedBy()).containsOnly(id(KEK_B));
        assertThat(read(keys(KEK_B), FIRST)).isEqualTo("first");
    }

    @Test
    void nodes_that_start_at_once_re_wrap_once() throws Exception {
        stage(keys(KEK_A), FIRST, "first");
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<String> node = () -> text(database.store("main", database.keysets(keys(KEK_B, KEK_A)))
                    .read(FIRST)
                    .orElseThrow());
            for (Future<String> read : nodes.invokeAll(List.of(node, node, node, node))) {
                assertThat(read.get()).isEqualTo("first");
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(generations()).containsExactly(1, 2);
    }

    @Test
    void a_wrapped_keyset_moved_to_another_store_is_refused_as_damaged() {
        stage(keys(KEK_A), FIRST, "first");
        execute("UPDATE embedded_keyset SET name = 'store:other' WHERE name = 'store:main'");
        assertThatThrownBy(() -> database.keysets(keys(KEK_A)))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContainingAll("store:other", "damaged");
    }

    private void stage(KeySource keys, SecretRef ref, String text) {
        try (SecretValue value = SecretValue.of(text)) {
            database.store("main", database.keysets(keys)).stage(ref, value);
        }
    }

    private String read(KeySource keys, SecretRef ref) {
        return text(database.store("main", database.keysets(keys)).read(ref).orElseThrow());
    }

    private static String text(SecretValue secret) {
        try (secret) {
            return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private String fingerprint(KeySource keys) {
        try (SecretValue value = SecretValue.of("leaked")) {
            return new KeyedFingerprints(database.keysets(keys)).of(value);
        }
    }

    private static String id(String kek) {
        return KeyEncryptionKey.parse(kek, "test").id();
    }

    private void execute(String sql) {
        database.jdbc().sql(sql).update();
    }

    private List<String> wrappedBy() {
        return database.jdbc()
                .sql("SELECT kek FROM embedded_keyset")
                .query(String.class)
                .list();
    }

    private List<Integer> generations() {
        return database.jdbc()
                .sql("SELECT generation FROM embedded_keyset WHERE name = 'store:main' ORDER BY generation")
                .query(Integer.class)
                .list();
    }

    private List<String> rows() {
        return database.jdbc()
                .sql("SELECT * FROM embedded_keyset ORDER BY name, generation")
                .query((row, number) -> row.getString("name")
                        + row.getInt("generation")
                        + row.getString("kek")
                        + row.getString("wrapped_at")
                        + new String(row.getBytes("wrapped"), StandardCharsets.ISO_8859_1))
                .list();
    }
}
