package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainHashTest {

    private static final StoredEvent EVENT = new StoredEvent(
            7,
            Instant.parse("2026-03-01T10:00:00.123456Z"),
            "lockstep",
            "target.apply",
            "INTENT",
            "prod/shop/postgres/orders-app",
            17L,
            "{\"principal\":\"orders_app\"}");

    @Test
    void theFormatIsTheDocumentedOne() {
        assertThat(ChainHash.of(ChainHash.GENESIS, 1, EVENT))
                .isEqualTo("7575a254912b906fb7068983de538781401d1cd5b58e30275c2ece7fd4b6e923");
    }

    @Test
    void everyFieldCountsAndNoneRunsIntoTheNext() {
        Instant time = EVENT.recordedAt();
        List<StoredEvent> variants = List.of(
                EVENT,
                EVENT.withId(8),
                new StoredEvent(7, time.plusNanos(1000), "a", "b", "c", "d", 17L, "{}"),
                new StoredEvent(7, time, "a", "b", "c", "d", 17L, "{}"),
                new StoredEvent(7, time, "ab", "", "c", "d", 17L, "{}"),
                new StoredEvent(7, time, "", "ab", "c", "d", 17L, "{}"),
                new StoredEvent(7, time, "a", "b", "", "cd", 17L, "{}"),
                new StoredEvent(7, time, "a", "b", "c", "d", null, "{}"),
                new StoredEvent(7, time, "a", "b", "c", "d", 0L, "{}"));

        Set<String> hashes = new HashSet<>();
        variants.forEach(event -> hashes.add(ChainHash.of(ChainHash.GENESIS, 1, event)));

        assertThat(hashes).hasSameSizeAs(variants);
        assertThat(ChainHash.of(ChainHash.GENESIS, 2, EVENT)).isNotIn(hashes);
        assertThat(ChainHash.of("f".repeat(64), 1, EVENT)).isNotIn(hashes);
    }
}
