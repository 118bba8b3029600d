package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_B;
import static dev.lockstep.store.embedded.StoreDatabase.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyedSealingTest {

    private static final SecretValue SECRET = SecretValue.of("of a phone");

    @Test
    void what_was_sealed_opens_on_every_node_and_shows_nothing() {
        try (StoreDatabase database = StoreDatabase.h2()) {
            byte[] wrapped = new KeyedSealing(database.keysets(keys(KEK_A))).seal("ann", SECRET);

            assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("of a phone");
            assertThat(new KeyedSealing(database.keysets(keys(KEK_A))).open("ann", wrapped))
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void it_opens_for_its_owner_only_and_not_after_a_change() {
        try (StoreDatabase database = StoreDatabase.postgres()) {
            KeyedSealing sealing = new KeyedSealing(database.keysets(keys(KEK_A)));
            byte[] wrapped = sealing.seal("ann", SECRET);

            assertThatThrownBy(() -> sealing.open("bob", wrapped)).isInstanceOf(PermanentException.class);
            wrapped[wrapped.length - 1] ^= 1;
            assertThatThrownBy(() -> sealing.open("ann", wrapped)).isInstanceOf(PermanentException.class);
        }
    }

    @Test
    void it_opens_after_the_key_encryption_key_was_replaced() {
        try (StoreDatabase database = StoreDatabase.h2()) {
            byte[] before = new KeyedSealing(database.keysets(keys(KEK_A))).seal("ann", SECRET);
            KeyedSealing after = new KeyedSealing(database.keysets(keys(KEK_B, KEK_A)));

            assertThat(after.open("ann", before)).isEqualTo(SECRET);
            byte[] next = after.seal("ann", SECRET);
            assertThat(new KeyedSealing(database.keysets(keys(KEK_B))).open("ann", next))
                    .isEqualTo(SECRET);
        }
    }
}
