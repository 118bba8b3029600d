package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.SecretValue;
import org.junit.jupiter.api.Test;

class KeyedFingerprintsTest {

    @Test
    void equal_secrets_have_equal_fingerprints_and_others_do_not() {
        try (StoreDatabase database = StoreDatabase.h2()) {
            KeyedFingerprints here = new KeyedFingerprints(database.keysets(keys(KEK_A)));
            KeyedFingerprints onAnotherNode = new KeyedFingerprints(database.keysets(keys(KEK_A)));
            assertThat(fingerprint(here, "leaked"))
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(fingerprint(onAnotherNode, "leaked"))
                    .isNotEqualTo(fingerprint(here, "leakee"));
        }
    }

    @Test
    void a_fingerprint_cannot_be_guessed_without_the_databases_key() {
        try (StoreDatabase one = StoreDatabase.h2();
                StoreDatabase other = StoreDatabase.h2()) {
            String fingerprint = fingerprint(new KeyedFingerprints(one.keysets(keys(KEK_A))), "leaked");
            assertThat(fingerprint)
                    .isNotEqualTo(Digests.sha256("leaked"))
                    .isNotEqualTo(fingerprint(new KeyedFingerprints(other.keysets(keys(KEK_A))), "leaked"));
        }
    }

    private static String fingerprint(KeyedFingerprints fingerprints, String text) {
        try (SecretValue value = SecretValue.of(text)) {
            return fingerprints.of(value);
        }
    }
}
