package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rotations that mind each other. */
class ArrangementsTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final CredentialName ADMIN = CredentialName.of("prod/dba/postgres/admin");
    private static final CredentialName ONE = CredentialName.of("prod/shop/postgres/one");
    private static final CredentialName TWO = CredentialName.of("prod/shop/postgres/two");
    private static final CredentialName FREE = CredentialName.of("prod/shop/postgres/free");

    private static void apart(LedgerStand stand, CredentialName... names) {
        for (CredentialName name : names) {
            stand.ledger
                    .arrangements()
                    .arrange(name, new Neighbours(Optional.of(new Neighbours.Apart("pair", HOUR)), Set.of()));
        }
    }

    private static void after(LedgerStand stand, CredentialName name, CredentialName... first) {
        stand.ledger.arrangements().arrange(name, new Neighbours(Optional.empty(), Set.of(first)));
    }

    private static Operation queue(LedgerStand stand, CredentialName name) {
        stand.clock.advance(Duration.ofMillis(1));
        return stand.ledger.queued(name);
    }

    private static List<CredentialName> claim(LedgerStand stand) {
        return claims(stand).stream()
                .map(claim -> claim.operation().credential())
                .toList();
    }

    private static List<Claim> claims(LedgerStand stand) {
        return stand.ledger.dispatch().claim(stand.clock.instant(), 10, 0, LEASE);
    }

    private static void rotated(LedgerStand stand, Operation operation) {
        stand.ledger.inventory().rotated(operation.credential(), stand.clock.instant());
        stand.ledger.operations().close(operation.id(), Outcome.ROTATED);
    }

    @OnEachDatabase
    void two_that_are_kept_apart_do_not_begin_together_and_the_oldest_goes_first(LedgerStand stand) {
        apart(stand, ONE, TWO);
        Operation second = queue(stand, TWO);
        Operation first = queue(stand, ONE);
        Operation free = queue(stand, FREE);
        assertThat(stand.ledger.arrangements().holding(first.id())).containsExactly(TWO);
        assertThat(stand.ledger.arrangements().holding(second.id())).isEmpty();

        assertThat(claim(stand)).containsExactly(TWO, FREE);
        assertThat(claim(stand)).isEmpty();

        rotated(stand, second);
        rotated(stand, free);
        stand.clock.advance(HOUR.minusSeconds(1));
        assertThat(claim(stand)).isEmpty();
        assertThat(stand.ledger.arrangements().holding(first.id())).containsExactly(TWO);
        stand.clock.advance(Duration.ofSeconds(1));
        assertThat(claim(stand)).containsExactly(ONE);
    }

    @OnEachDatabase
    void one_that_is_rotated_often_does_not_keep_the_other_waiting_for_ever(LedgerStand stand) {
        apart(stand, ONE, TWO);
        rotated(stand, queue(stand, ONE));
        Operation patient = queue(stand, TWO);
        stand.clock.advance(HOUR.dividedBy(2));

        queue(stand, ONE);
        assertThat(claim(stand)).as("the younger one does not overtake").isEmpty();

        stand.clock.advance(HOUR.dividedBy(2));
        assertThat(claim(stand)).containsExactly(patient.credential());
    }

    @OnEachDatabase
    void an_emergency_is_not_held_back_and_holds_the_others_back(LedgerStand stand) {
        apart(stand, ONE, TWO);
        after(stand, FREE, ADMIN);
        queue(stand, ADMIN);
        rotated(stand, queue(stand, ONE));
        stand.ledger.known(TWO);
        stand.ledger.known(FREE);
        Operation urgent = stand.ledger.request(TWO, Operation.EMERGENCY);
        Operation alsoUrgent = stand.ledger.request(FREE, Operation.EMERGENCY);
        queue(stand, ONE);

        assertThat(stand.ledger.dispatch().claim(stand.clock.instant(), 10, Operation.EMERGENCY, LEASE))
                .extracting(claim -> claim.operation().id())
                .containsExactly(urgent.id(), alsoUrgent.id());
        assertThat(claim(stand)).containsExactly(ADMIN);
    }

    @OnEachDatabase
    void who_has_begun_goes_on_and_still_holds_the_other_back(LedgerStand stand) {
        apart(stand, ONE, TWO);
        queue(stand, ONE);
        Claim begun = claims(stand).get(0);
        queue(stand, TWO);
        stand.ledger
                .dispatch()
                .postpone(begun, stand.clock.instant().plusSeconds(30), FailureCode.TARGET_UNREACHABLE, "no answer");
        assertThat(claim(stand)).isEmpty();

        stand.clock.advance(Duration.ofSeconds(30));
        assertThat(claim(stand)).containsExactly(ONE);
    }

    @OnEachDatabase
    void who_was_handed_back_untried_has_not_begun(LedgerStand stand) {
        apart(stand, ONE, TWO);
        queue(stand, ONE);
        Claim untried = claims(stand).get(0);
        queue(stand, TWO);
        stand.ledger.dispatch().park(untried, stand.clock.instant().plusSeconds(30));

        assertThat(claim(stand)).containsExactly(TWO);
    }

    @OnEachDatabase
    void those_that_come_first_go_first_when_they_are_due_or_under_way(LedgerStand stand) {
        after(stand, ONE, ADMIN);
        stand.ledger.inventory().register(ADMIN, "orders-db", NOON.minusSeconds(1));
        Operation dependant = queue(stand, ONE);
        assertThat(claim(stand)).as("the other one is due").isEmpty();
        assertThat(stand.ledger.arrangements().holding(dependant.id())).containsExactly(ADMIN);

        Operation first = queue(stand, ADMIN);
        assertThat(claim(stand)).containsExactly(ADMIN);
        assertThat(claim(stand)).as("the other one is under way").isEmpty();

        stand.ledger.inventory().schedule(ADMIN, NOON.plus(Duration.ofDays(30)));
        rotated(stand, first);
        assertThat(claim(stand)).containsExactly(ONE);
    }

    @OnEachDatabase
    void who_waits_for_others_waits_for_one_rotation_of_each(LedgerStand stand) {
        after(stand, ONE, ADMIN);
        Operation dependant = queue(stand, ONE);
        stand.clock.advance(Duration.ofSeconds(1));
        rotated(stand, queue(stand, ADMIN));
        queue(stand, ADMIN);

        assertThat(claim(stand)).contains(dependant.credential());
    }

    @OnEachDatabase
    void one_that_comes_first_in_the_same_group_is_not_held_by_who_waits_for_it(LedgerStand stand) {
        Neighbours.Apart pair = new Neighbours.Apart("pair", HOUR);
        stand.ledger.arrangements().arrange(ADMIN, new Neighbours(Optional.of(pair), Set.of()));
        stand.ledger.arrangements().arrange(ONE, new Neighbours(Optional.of(pair), Set.of(ADMIN)));
        queue(stand, ONE);
        Operation first = queue(stand, ADMIN);

        assertThat(claim(stand)).containsExactly(ADMIN);
        rotated(stand, first);
        stand.clock.advance(HOUR);
        assertThat(claim(stand)).containsExactly(ONE);
    }

    @OnEachDatabase
    void nobody_waits_for_what_is_not_rotated_at_all(LedgerStand stand) {
        after(stand, ONE, ADMIN, FREE);
        stand.ledger.inventory().register(ADMIN, "orders-db", NOON.minusSeconds(1));
        stand.ledger.inventory().shelve(ADMIN, CredentialStatus.DECOMMISSIONED);
        queue(stand, ONE);

        assertThat(claim(stand)).containsExactly(ONE);
    }

    @OnEachDatabase
    void what_is_arranged_is_read_back_and_taken_back(LedgerStand stand) {
        Neighbours both = new Neighbours(Optional.of(new Neighbours.Apart("pair", HOUR)), Set.of(ADMIN, FREE));
        stand.ledger.arrangements().arrange(ONE, both);
        apart(stand, TWO);
        assertThat(stand.ledger.arrangements().all()).containsEntry(ONE, both).containsOnlyKeys(ONE, TWO);

        stand.ledger.arrangements().arrange(ONE, Neighbours.NONE);
        assertThat(stand.ledger.arrangements().all()).containsOnlyKeys(TWO);
    }

    @OnEachDatabase
    void two_nodes_do_not_let_two_begin(LedgerStand stand) {
        apart(stand, ONE, TWO, FREE);
        Instant now = stand.clock.instant();
        stand.ledger.queued(ONE);
        stand.ledger.queued(TWO);
        stand.ledger.queued(FREE);

        List<List<Claim>> claimed =
                Together.run(4, () -> stand.ledger.dispatch().claim(now.plusSeconds(1), 3, 0, LEASE));

        assertThat(claimed.stream().flatMap(List::stream)).hasSize(1);
    }
}
