package dev.lockstep.store.embedded;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.SecretStore;
import dev.lockstep.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A fresh database and the embedded store's parts on it. */
record StoreDatabase(TestDatabase database) implements AutoCloseable {

    static final String KEK_A = key(1);
    static final String KEK_B = key(2);
    static final String KEK_C = key(3);

    /** A key-encryption key: 32 times one byte. */
    private static String key(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static StoreDatabase h2() {
        return new StoreDatabase(TestDatabase.open(TestDatabase.Kind.H2));
    }

    static StoreDatabase postgres() {
        return new StoreDatabase(TestDatabase.open(TestDatabase.Kind.POSTGRESQL));
    }

    /** Keys from properties only: the first is the current one. */
    static KeySource keys(String current, String... older) {
        return new KeySource(current, String.join(",", older), new KeyFile(Path.of("no-such-file")), false);
    }

    /** Keysets that are started, as a node with these keys does it. */
    Keysets keysets(KeySource keys) {
        Keysets keysets = unstarted(keys);
        keysets.start();
        return keysets;
    }

    Keysets unstarted(KeySource keys) {
        return new Keysets(new KeysetRows(jdbc()), keys, new Transactions(manager()), Clock.systemUTC());
    }

    SecretStore store(String name, Keysets keysets) {
        return adapter(keysets).open(new Endpoint(name, "embedded", Map.of()));
    }

    EmbeddedStoreAdapter adapter(Keysets keysets) {
        return new EmbeddedStoreAdapter(jdbc(), keysets, new Transactions(manager()), Clock.systemUTC());
    }

    JdbcClient jdbc() {
        return database.jdbc();
    }

    DataSource source() {
        return database.dataSource();
    }

    PlatformTransactionManager manager() {
        return database.transactions();
    }

    @Override
    public void close() {
        database.close();
    }
}
