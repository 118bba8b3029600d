package dev.lockstep.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStoreContract;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What the embedded store promises beyond the contract, on any database. */
abstract class EmbeddedStoreTest extends SecretStoreContract {

    private static final KeySource KEYS = StoreDatabase.keys(StoreDatabase.KEK_A);

    private final StoreDatabase database;
    private final Keysets keysets;
    private final SecretStore store;

    EmbeddedStoreTest(StoreDatabase database) {
        this.database = database;
        this.keysets = database.keysets(KEYS);
        this.store = database.store("main", keysets);
    }

    @Override
    protected SecretStore store() {
        return store;
    }

    @Override
    protected SecretStore reopened() {
        return database.store("main", database.keysets(KEYS));
    }

    private TransactionTemplate callersTransaction() {
        return new TransactionTemplate(database.manager());
    }

    @Test
    void a_staged_version_survives_the_roll_back_of_the_surrounding_transaction() {
        callersTransaction().executeWithoutResult(status -> {
            stage(ref(1), "first");
            assertThat(read(reopened(), ref(1))).contains("first");
            status.setRollbackOnly();
        });
        assertThat(read(reopened(), ref(1))).contains("first");
    }

    @Test
    void a_promotion_is_undone_with_the_callers_transaction() {
        stage(ref(1), "first");
        store().promote(ref(1));
        stage(ref(2), "second");
        callersTransaction().executeWithoutResult(status -> {
            store().promote(ref(2));
            assertThat(store().current(ref(1).credential())).contains(ref(2));
            status.setRollbackOnly();
        });
        assertThat(store().current(ref(1).credential())).contains(ref(1));
    }

    @Test
    void a_destruction_is_undone_with_the_callers_transaction() {
        stage(ref(1), "first");
        callersTransaction().executeWithoutResult(status -> {
            store().destroy(ref(1));
            assertThat(store().read(ref(1))).isEmpty();
            status.setRollbackOnly();
        });
        assertThat(read(store(), ref(1))).contains("first");
    }

    @Test
    void all_steps_of_a_rotation_can_share_one_callers_transaction() {
        stage(ref(1), "first");
        store().promote(ref(1));
        callersTransaction().executeWithoutResult(status -> {
            stage(ref(2), "second");
            store().promote(ref(2));
            store().destroy(ref(1));
            stage(ref(3), "third");
            store().promote(ref(3));
            stage(ref(2), "second");
            store().destroy(ref(2));
        });
        assertThat(store().current(ref(1).credential())).contains(ref(3));
        assertThat(store().read(ref(1))).isEmpty();
        assertThat(store().read(ref(2))).isEmpty();
        assertThat(read(store(), ref(3))).contains("third");
    }

    @Test
    void a_refusal_does_not_doom_the_callers_transaction() {
        stage(ref(1), "first");
        callersTransaction().executeWithoutResult(status -> {
            store().promote(ref(1));
            refused(FailureCode.STORE_VERSION_MISSING, () -> store().promote(ref(2)));
            refused(FailureCode.MISCONFIGURED, () -> store().destroy(ref(1)));
            refused(FailureCode.STORE_VERSION_MISSING, () -> stage(ref(1), "other"));
        });
        assertThat(store().current(ref(1).credential())).contains(ref(1));
    }

    @Test
    void two_stores_in_one_database_do_not_see_each_other() {
        stage(ref(1), "in main");
        store().promote(ref(1));
        SecretStore mirror = database.store("mirror", keysets);
        assertThat(mirror.read(ref(1))).isEmpty();
        assertThat(mirror.current(ref(1).credential())).isEmpty();
        try (SecretValue other = SecretValue.of("in the mirror")) {
            mirror.stage(ref(1), other);
        }
        assertThat(read(mirror, ref(1))).contains("in the mirror");
        mirror.destroy(ref(1));
        assertThat(read(store(), ref(1))).contains("in main");
    }

    @Test
    void a_destroyed_version_leaves_a_tombstone_without_ciphertext() {
        stage(ref(1), "first");
        store().destroy(ref(1));
        Map<String, Object> row = database.jdbc()
                .sql("SELECT payload, destroyed_at FROM embedded_secret WHERE credential = :credential")
                .param("credential", ref(1).credential().value())
                .query()
                .singleRow();
        assertThat(row.get("payload")).isNull();
        assertThat(row.get("destroyed_at")).isNotNull();
    }

    @Test
    void a_ciphertext_moved_to_another_version_does_not_open() {
        stage(ref(1), "first");
        stage(ref(2), "second");
        copyPayload(ref(1), ref(2), "main", "main");
        refused(FailureCode.STORE_VERSION_MISSING, () -> store().read(ref(2)));
        assertThat(read(store(), ref(1))).contains("first");
    }

    @Test
    void a_ciphertext_moved_to_another_credential_does_not_open() {
        SecretRef stranger = new SecretRef(CredentialName.of(ref(1).credential() + "-stranger"), 1);
        stage(ref(1), "first");
        stage(stranger, "the stranger's");
        copyPayload(stranger, ref(1), "main", "main");
        refused(FailureCode.STORE_VERSION_MISSING, () -> store().read(ref(1)));
    }

    @Test
    void a_ciphertext_moved_to_another_store_does_not_open_even_with_its_data_key() {
        stage(ref(1), "first");
        SecretStore mirror = database.store("mirror", keysets);
        try (SecretValue other = SecretValue.of("in the mirror")) {
            mirror.stage(ref(1), other);
        }
        copyPayload(ref(1), ref(1), "main", "mirror");
        refused(FailureCode.STORE_VERSION_MISSING, () -> mirror.read(ref(1)));
        assertThat(new String(AssociatedData.ofSecret("main", ref(1)), StandardCharsets.ISO_8859_1))
                .isNotEqualTo(new String(AssociatedData.ofSecret("mirror", ref(1)), StandardCharsets.ISO_8859_1));
    }

    @Test
    void an_altered_ciphertext_does_not_open() {
        stage(ref(1), "first");
        byte[] payload = payload(ref(1));
        payload[payload.length - 1] ^= 1;
        write(ref(1), "main", payload);
        refused(FailureCode.STORE_VERSION_MISSING, () -> store().read(ref(1)));
    }

    private void copyPayload(SecretRef from, SecretRef to, String fromStore, String toStore) {
        assertThat(fromStore).isEqualTo("main");
        write(to, toStore, payload(from));
    }

    private byte[] payload(SecretRef ref) {
        return database.jdbc()
                .sql("""
                        SELECT payload FROM embedded_secret
                         WHERE store = 'main' AND credential = :credential AND version = :version
                        """)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .query((row, number) -> row.getBytes(1))
                .single();
    }

    private void write(SecretRef ref, String store, byte[] payload) {
        int rows = database.jdbc()
                .sql("""
                        UPDATE embedded_secret SET payload = :payload
                         WHERE store = :store AND credential = :credential AND version = :version
                        """)
                .param("payload", payload)
                .param("store", store)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .update();
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void no_column_of_any_table_holds_a_secret_or_a_key() throws SQLException {
        String canary = "canary-8d1f77b2c0";
        stage(ref(1), canary);
        store().promote(ref(1));
        List<byte[]> cells = dump();
        assertThat(cells)
                .as("the dump sees the rows")
                .anyMatch(cell -> contains(cell, ref(1).credential().value()));
        for (String secret : List.of(canary, StoreDatabase.KEK_A, "\u0001".repeat(32))) {
            assertThat(cells).noneMatch(cell -> contains(cell, secret));
        }
    }

    private static boolean contains(byte[] cell, String text) {
        return new String(cell, StandardCharsets.ISO_8859_1).contains(text);
    }

    private List<byte[]> dump() throws SQLException {
        List<byte[]> cells = new ArrayList<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet row = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (row.next()) {
                    tables.add(row.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (row.next()) {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            cells.add(cell(row, i));
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static byte[] cell(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return String.valueOf(value).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void equal_values_have_different_ciphertexts() {
        stage(ref(1), "same");
        stage(ref(2), "same");
        assertThat(payload(ref(1))).isNotEqualTo(payload(ref(2)));
    }

    @Test
    void a_database_that_is_gone_is_retryable_and_unhealthy() {
        StoreDatabase gone = another();
        SecretStore orphan = gone.store("main", gone.keysets(KEYS));
        gone.close();
        for (Runnable call : List.<Runnable>of(
                () -> orphan.read(ref(1)), () -> orphan.promote(ref(1)), () -> orphan.destroy(ref(1)), () -> {
                    try (SecretValue value = SecretValue.of("first")) {
                        orphan.stage(ref(1), value);
                    }
                })) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(RetryableException.class)
                    .hasNoCause()
                    .extracting(failure -> ((LockstepException) failure).code())
                    .isEqualTo(FailureCode.STORE_UNAVAILABLE);
        }
        assertThat(orphan.health().up()).isFalse();
    }

    /** One more database of the same kind. */
    abstract StoreDatabase another();

    @Test
    void an_unknown_setting_and_an_overlong_name_are_refused() {
        EmbeddedStoreAdapter adapter = database.adapter(keysets);
        assertThat(adapter.type()).isEqualTo("embedded");
        assertThatThrownBy(() -> adapter.open(new Endpoint("main", "embedded", Map.of("url", "x"))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("settings.url"));
        assertThatThrownBy(() -> adapter.open(new Endpoint("x".repeat(201), "embedded", Map.of())))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("name"));
    }
}
