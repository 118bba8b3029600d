package dev.lockstep.store.embedded;

class KeyRotationOnPostgresTest extends KeyRotationTest {

    KeyRotationOnPostgresTest() {
        super(StoreDatabase.postgres());
    }
}
