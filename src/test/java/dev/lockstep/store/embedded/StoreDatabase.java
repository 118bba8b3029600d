package dev.lockstep.store.embedded;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.SecretStore;
import dev.lockstep.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A migrated database of one test, and the embedded store's parts on it. */
record StoreDatabase(HikariDataSource source, JdbcClient jdbc, JdbcTransactionManager manager)
        implements AutoCloseable {

    /** Key-encryption keys of the tests; each is 32 times one byte. */
    static final String KEK_A = key(1);

    static final String KEK_B = key(2);
    static final String KEK_C = key(3);

    static String key(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A file database, as the default configuration has it. */
    static StoreDatabase h2() {
        return open("jdbc:h2:file:./target/h2/store-" + UUID.randomUUID(), "lockstep", "");
    }

    static StoreDatabase postgres() {
        PostgresServer server = PostgresServer.shared();
        return open(server.url(server.createDatabase("store")), server.superuser(), server.superuserPassword());
    }

    private static StoreDatabase open(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(16);
        HikariDataSource source = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return new StoreDatabase(source, JdbcClient.create(source), new JdbcTransactionManager(source));
    }

    /** Keysets that are started, as a node with these keys does it. */
    Keysets keysets(KeySource keys) {
        Keysets keysets = unstarted(keys);
        keysets.start();
        return keysets;
    }

    Keysets unstarted(KeySource keys) {
        return new Keysets(new KeysetRows(jdbc), keys, new Transactions(manager), Clock.systemUTC());
    }

    SecretStore store(String name, Keysets keysets) {
        return new EmbeddedStoreAdapter(jdbc, keysets, new Transactions(manager), Clock.systemUTC())
                .open(new Endpoint(name, "embedded", Map.of()));
    }

    /** Keys from properties only: the first is the current one. */
    static KeySource keys(String current, String... older) {
        return new KeySource(current, String.join(",", older), new KeyFile(Path.of("no-such-file")), false);
    }

    @Override
    public void close() {
        source.close();
    }
}
