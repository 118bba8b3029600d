package dev.lockstep.store.embedded;

import org.junit.jupiter.api.AfterAll;

class EmbeddedStoreOnPostgresTest extends EmbeddedStoreTest {

    private static final StoreDatabase DATABASE = StoreDatabase.postgres();

    EmbeddedStoreOnPostgresTest() {
        super(DATABASE);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    StoreDatabase another() {
        return StoreDatabase.postgres();
    }
}
