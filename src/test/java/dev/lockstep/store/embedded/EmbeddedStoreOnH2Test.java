package dev.lockstep.store.embedded;

import org.junit.jupiter.api.AfterAll;

class EmbeddedStoreOnH2Test extends EmbeddedStoreTest {

    private static final StoreDatabase DATABASE = StoreDatabase.h2();

    EmbeddedStoreOnH2Test() {
        super(DATABASE);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    StoreDatabase another() {
        return StoreDatabase.h2();
    }
}
