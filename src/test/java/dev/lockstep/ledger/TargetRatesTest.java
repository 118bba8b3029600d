package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Rate;
import dev.lockstep.port.TargetRates;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** So many operations begin at a target within any span of time, whoever counts. */
class TargetRatesTest {

    private static final Rate TWO = new Rate(2, Duration.ofHours(1));

    @OnEachDatabase
    void so_many_are_let_through_within_any_span_of_time(LedgerStand stand) {
        TargetRates rates = stand.ledger.targetRates();
        assertThat(rates.admit(1, "db", TWO)).isEmpty();
        stand.clock.set(NOON.plusSeconds(1800));
        assertThat(rates.admit(2, "db", TWO)).isEmpty();

        assertThat(rates.admit(3, "db", TWO)).contains(NOON.plusSeconds(3600));
        assertThat(rates.admit(3, "other", TWO))
                .as("each target counts for itself")
                .isEmpty();
        stand.clock.set(NOON.plusSeconds(3599));
        assertThat(rates.admit(3, "db", TWO)).isPresent();

        stand.clock.set(NOON.plusSeconds(3600));
        assertThat(rates.admit(3, "db", TWO)).isEmpty();
        assertThat(rates.admit(4, "db", TWO)).contains(NOON.plusSeconds(1800 + 3600));
    }

    @OnEachDatabase
    void one_that_was_let_through_comes_through_again_and_counts_once(LedgerStand stand) {
        TargetRates rates = stand.ledger.targetRates();
        Operation running = stand.ledger.queued(ORDERS);
        assertThat(rates.admit(running.id(), "db", TWO)).isEmpty();
        assertThat(rates.admit(running.id(), "db", TWO)).isEmpty();
        assertThat(rates.admit(running.id() + 1, "db", TWO)).isEmpty();
        assertThat(rates.admit(running.id(), "db", TWO)).isEmpty();

        stand.clock.set(NOON.plus(Duration.ofDays(3)));
        assertThat(rates.admit(running.id() + 2, "db", TWO)).isEmpty();
        assertThat(rates.admit(running.id() + 3, "db", TWO)).isEmpty();
        assertThat(rates.admit(running.id(), "db", TWO)).as("it runs on").isEmpty();
    }

    @OnEachDatabase
    void what_does_not_count_any_more_is_forgotten(LedgerStand stand) {
        TargetRates rates = stand.ledger.targetRates();
        Operation ended = stand.ledger.queued(ORDERS);
        stand.ledger.inventory().register(BILLING, "db", null);
        Operation running = stand.ledger.queued(BILLING);
        rates.admit(ended.id(), "db", TWO);
        rates.admit(running.id(), "db", TWO);
        stand.ledger.operations().close(ended.id(), Outcome.ROTATED);

        stand.clock.set(NOON.plusSeconds(3601));
        rates.admit(running.id() + 1, "db", TWO);

        assertThat(stand.ledger
                        .database()
                        .jdbc()
                        .sql("SELECT operation FROM target_admission ORDER BY operation")
                        .query(Long.class)
                        .list())
                .containsExactly(running.id(), running.id() + 1);
    }

    @OnEachDatabase
    void many_at_once_do_not_get_more_places_than_there_are(LedgerStand stand) {
        TargetRates rates = stand.ledger.targetRates();
        rates.admit(100, "db", new Rate(4, Duration.ofHours(1)));
        AtomicLong number = new AtomicLong();

        List<Boolean> let = Together.run(
                8,
                () -> rates.admit(number.incrementAndGet(), "db", new Rate(4, Duration.ofHours(1)))
                        .isEmpty());

        assertThat(let).filteredOn(through -> through).hasSize(3);
    }
}
