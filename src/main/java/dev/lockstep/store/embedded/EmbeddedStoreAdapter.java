package dev.lockstep.store.embedded;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.StoreAdapter;
import java.time.Clock;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens stores in Lockstep's own database; several may live there, each under its name and with its own data keys. */
final class EmbeddedStoreAdapter implements StoreAdapter {

    private static final int MAX_NAME = 200;

    private final JdbcClient jdbc;
    private final Keysets keysets;
    private final Transactions transactions;
    private final Clock clock;

    EmbeddedStoreAdapter(JdbcClient jdbc, Keysets keysets, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.keysets = keysets;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "embedded";
    }

    @Override
    public SecretStore open(Endpoint endpoint) {
        String name = endpoint.name();
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new InvalidInput("name", "the name of an embedded store has 1 to " + MAX_NAME + " characters");
        }
        if (!endpoint.settings().isEmpty()) {
            String setting = new TreeSet<>(endpoint.settings().keySet()).first();
            throw new InvalidInput("settings." + setting, "an embedded store has no settings; remove this one");
        }
        return new EmbeddedStore(name, jdbc, keysets, transactions, clock);
    }
}
