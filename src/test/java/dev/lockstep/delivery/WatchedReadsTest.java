package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An unusual read of the shipped application becomes an incident; the reader is answered all the same. */
class WatchedReadsTest {

    private static final String RULE = """
            ---
            kind: ReadRule
            name: strangers
            credentials: ["test/*"]
            """;

    @Test
    void aReaderThatIsNoneOfTheConsumersBecomesASignal() {
        try (DeliveryHouse house = DeliveryHouse.open(Map.of(), RULE)) {
            house.rotate(SINGLE);
            assertThat(house.reader("shop-web").read(SINGLE).status()).isEqualTo(200);
            assertThat(house.reader("ops-tool").read(SINGLE).status()).isEqualTo(200);

            Incidents incidents = house.bean(Incidents.class);
            DeliveryHouse.await("an incident", () -> !incidents.newest(1).isEmpty());
            List<Signal> signals = incidents.signals(incidents.newest(1).get(0).id());
            assertThat(signals).singleElement().satisfies(signal -> {
                assertThat(signal.kind()).isEqualTo(Signal.Kind.ANOMALY);
                assertThat(signal.credential()).isEqualTo(SINGLE);
                assertThat(signal.note()).contains("ops-tool reads and is none of the consumers");
            });
        }
    }
}
