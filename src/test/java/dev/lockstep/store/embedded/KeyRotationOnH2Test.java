package dev.lockstep.store.embedded;

class KeyRotationOnH2Test extends KeyRotationTest {

    KeyRotationOnH2Test() {
        super(StoreDatabase.h2());
    }
}
