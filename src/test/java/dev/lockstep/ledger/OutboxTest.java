package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Notice;
import dev.lockstep.port.Outbox;
import java.time.Duration;
import java.util.List;

class OutboxTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Notice NOTICE =
            new Notice("task.open", "high", "operators", "Somebody is asked", "What to do.", "/tasks");

    @OnEachDatabase
    void a_notice_exists_exactly_when_the_change_it_tells_of_does(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        Failures.rolledBack(stand.ledger, () -> outbox.add(NOTICE, List.of("mail")));

        assertThat(outbox.waiting(NOON)).isEmpty();
        outbox.add(NOTICE, List.of("mail", "hook"));
        assertThat(outbox.waiting(NOON)).containsExactlyInAnyOrder("mail", "hook");
        assertThat(outbox.backlog()).isEqualTo(2);
    }

    @OnEachDatabase
    void a_delivery_is_taken_by_one_and_is_the_same_at_each_try(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        outbox.add(NOTICE, List.of("mail"));

        Outbox.Parcel first = outbox.claim("mail", NOON, LEASE).orElseThrow();
        assertThat(first.content()).isEqualTo(NOTICE);
        assertThat(first.toldAt()).isEqualTo(NOON);
        assertThat(outbox.claim("mail", NOON.plusSeconds(59), LEASE)).isEmpty();

        Outbox.Parcel second = outbox.claim("mail", NOON.plusSeconds(60), LEASE).orElseThrow();
        assertThat(second.id()).isEqualTo(first.id()).startsWith("msg_");
        assertThat(second.tries()).isEqualTo(2);
    }

    @OnEachDatabase
    void the_oldest_goes_first_and_each_channel_has_a_queue_of_its_own(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        outbox.add(NOTICE, List.of("mail"));
        stand.clock.advance(Duration.ofSeconds(1));
        outbox.add(new Notice("other", "info", "security", "Later", "", ""), List.of("mail", "hook"));

        assertThat(outbox.claim("mail", stand.clock.instant(), LEASE)
                        .orElseThrow()
                        .content()
                        .subject())
                .isEqualTo("Somebody is asked");
        assertThat(outbox.claim("hook", stand.clock.instant(), LEASE)
                        .orElseThrow()
                        .content()
                        .subject())
                .isEqualTo("Later");
    }

    @OnEachDatabase
    void what_failed_waits_and_is_seen_until_it_gets_through(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        outbox.add(NOTICE, List.of("mail"));
        Outbox.Parcel parcel = outbox.claim("mail", NOON, LEASE).orElseThrow();

        assertThat(outbox.postponed(parcel, NOON.plusSeconds(5), "the server is down"))
                .isTrue();
        assertThat(outbox.claim("mail", NOON.plusSeconds(4), LEASE)).isEmpty();
        assertThat(outbox.troubled(NOON, 10)).singleElement().satisfies(trouble -> {
            assertThat(trouble.why()).isEqualTo("the server is down");
            assertThat(trouble.givenUp()).isFalse();
            assertThat(trouble.notBefore()).isEqualTo(NOON.plusSeconds(5));
        });

        Outbox.Parcel again = outbox.claim("mail", NOON.plusSeconds(5), LEASE).orElseThrow();
        assertThat(outbox.postponed(parcel, NOON.plusSeconds(99), "an old try"))
                .as("a try whose lease was over")
                .isFalse();
        assertThat(outbox.delivered(again)).isTrue();
        assertThat(outbox.delivered(again)).isFalse();
        assertThat(outbox.troubled(NOON, 10)).isEmpty();
        assertThat(outbox.backlog()).isZero();
    }

    @OnEachDatabase
    void what_was_given_up_is_seen_for_a_while_and_never_taken_again(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        outbox.add(NOTICE, List.of("mail"));
        Outbox.Parcel parcel = outbox.claim("mail", NOON, LEASE).orElseThrow();

        assertThat(outbox.givenUp(parcel, "no such mailbox")).isTrue();
        assertThat(outbox.claim("mail", NOON.plusSeconds(9999), LEASE)).isEmpty();
        assertThat(outbox.troubled(NOON, 10))
                .extracting(Outbox.Trouble::givenUp)
                .containsExactly(true);
        assertThat(outbox.troubled(NOON.plusSeconds(1), 10)).isEmpty();
    }

    @OnEachDatabase
    void what_was_told_is_forgotten_in_the_end_and_what_waits_is_not(LedgerStand stand) {
        Outbox outbox = stand.ledger.outbox();
        outbox.add(NOTICE, List.of("mail", "hook"));
        outbox.add(NOTICE, List.of());
        outbox.delivered(outbox.claim("mail", NOON, LEASE).orElseThrow());

        outbox.forget(NOON);
        assertThat(rows(stand, "notice_delivery")).isEqualTo(2);
        outbox.forget(NOON.plusSeconds(1));
        assertThat(rows(stand, "notice_delivery")).isEqualTo(1);
        assertThat(rows(stand, "notice")).isEqualTo(1);
        assertThat(outbox.backlog()).isEqualTo(1);

        outbox.givenUp(outbox.claim("hook", NOON, LEASE).orElseThrow(), "gone");
        outbox.forget(NOON.plusSeconds(1));
        assertThat(rows(stand, "notice")).isZero();
    }

    private static int rows(LedgerStand stand, String table) {
        return stand.ledger
                .database()
                .jdbc()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Integer.class)
                .single();
    }
}
