package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class DispatchTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Instant LEASE_OVER = NOON.plus(LEASE);

    @OnEachDatabase
    void a_claim_hands_out_an_operation_once_while_its_lease_holds(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        assertThat(dispatch.backlog()).isEqualTo(1);

        Claim claim = claimOne(stand);

        assertThat(claim.operation().id()).isEqualTo(operation.id());
        assertThat(claim.operation().status()).isEqualTo(OperationStatus.CLAIMED);
        assertThat(claim.token()).isEqualTo(1);
        assertThat(claim.lostRuns()).isZero();
        assertThat(dispatch.backlog()).isZero();
        assertThat(dispatch.claim(LEASE_OVER.minusMillis(1), 10, 0, LEASE)).isEmpty();
    }

    @OnEachDatabase
    void the_highest_priority_goes_first_and_then_the_oldest(LedgerStand stand) {
        Operation routine = queue(stand, "a/b/c/routine", Operation.ROUTINE);
        Operation later = queue(stand, "a/b/c/later", Operation.ROUTINE);
        stand.clock.advance(Duration.ofMinutes(-1));
        Operation older = queue(stand, "a/b/c/older", Operation.ROUTINE);
        Operation urgent = queue(stand, "a/b/c/urgent", Operation.EMERGENCY);
        Dispatch dispatch = stand.ledger.dispatch();

        assertThat(ids(dispatch.claim(NOON, 10, Operation.EMERGENCY, LEASE))).containsExactly(urgent.id());
        assertThat(ids(dispatch.claim(NOON, 2, Operation.ROUTINE, LEASE))).containsExactly(older.id(), routine.id());
        assertThat(ids(dispatch.claim(NOON, 2, Operation.ROUTINE, LEASE))).containsExactly(later.id());
    }

    @OnEachDatabase
    void each_priority_and_target_has_a_line_of_its_own(LedgerStand stand) {
        queue(stand, "a/b/c/routine", Operation.ROUTINE);
        queue(stand, "a/b/c/urgent", Operation.EMERGENCY);
        queue(stand, "a/b/c/many", Operation.ROUTINE);
        stand.clock.advance(Duration.ofMinutes(-1));
        Operation other = queue(stand, "a/b/c/other", "other-db", Operation.ROUTINE);
        stand.clock.advance(Duration.ofHours(2));
        queue(stand, "a/b/c/later", "third-db", Operation.ROUTINE);
        Dispatch dispatch = stand.ledger.dispatch();

        List<Dispatch.Line> lines = dispatch.lines(NOON, 0);

        assertThat(lines)
                .containsExactly(
                        new Dispatch.Line("orders-db", Operation.EMERGENCY, NOON),
                        new Dispatch.Line("other-db", Operation.ROUTINE, NOON.minusSeconds(60)),
                        new Dispatch.Line("orders-db", Operation.ROUTINE, NOON));
        assertThat(dispatch.lines(NOON, Operation.REQUESTED)).containsExactly(lines.get(0));
        assertThat(ids(dispatch.claim(lines.get(1), 10, NOON, LEASE))).containsExactly(other.id());
        assertThat(dispatch.claim(lines.get(1), 10, NOON, LEASE)).isEmpty();
        assertThat(dispatch.claim(lines.get(2), 1, NOON, LEASE)).hasSize(1);
        assertThat(dispatch.claim(lines.get(2), 10, NOON, LEASE)).hasSize(1);
        assertThat(dispatch.lines(NOON, 0)).containsExactly(lines.get(0));
    }

    @OnEachDatabase
    void a_queued_operation_changes_lines_when_its_credential_moves_to_another_target(LedgerStand stand) {
        queue(stand, "a/b/c/claimed", Operation.ROUTINE);
        queue(stand, "a/b/c/queued", Operation.ROUTINE);
        Dispatch dispatch = stand.ledger.dispatch();
        Claim claim = claimOne(stand);

        stand.ledger.inventory().register(CredentialName.of("a/b/c/claimed"), "new-db", null);
        stand.ledger.inventory().register(CredentialName.of("a/b/c/queued"), "new-db", null);

        assertThat(dispatch.lines(NOON, 0)).containsExactly(new Dispatch.Line("new-db", Operation.ROUTINE, NOON));
        dispatch.park(claim, NOON);
        assertThat(dispatch.claim(dispatch.lines(NOON, 0).get(0), 9, NOON, LEASE))
                .hasSize(2);
    }

    @OnEachDatabase
    void an_operation_that_was_handed_back_untried_has_had_no_run(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        Claim claim = claimOne(stand);

        assertThat(dispatch.park(claim, NOON.plusSeconds(1))).isTrue();
        assertThat(dispatch.park(claim, NOON.plusSeconds(9))).isFalse();
        assertThat(dispatch.claim(NOON, 1, 0, LEASE)).isEmpty();
        Claim again = dispatch.claim(NOON.plusSeconds(1), 1, 0, LEASE).get(0);

        assertThat(claim.runs()).isEqualTo(1);
        assertThat(again.runs()).isEqualTo(1);
        assertThat(again.token()).isEqualTo(2);
        assertThat(stand.ledger.operations().get(operation.id()).failure()).isNull();
    }

    @OnEachDatabase
    void an_operation_whose_instance_has_gone_is_put_back_once(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        dispatch.bind(claimOne(stand), "instance-1");

        assertThat(dispatch.recover(operation.id(), "another")).isFalse();
        assertThat(dispatch.recover(operation.id(), "instance-1")).isTrue();
        assertThat(dispatch.recover(operation.id(), "instance-1")).isFalse();

        Claim again = claimOne(stand);
        assertThat(again.operation().processInstance()).isNull();
        assertThat(dispatch.bind(again, "instance-2")).isTrue();
    }

    @OnEachDatabase
    void operations_that_were_taken_over_lately_are_known_with_their_instances(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        dispatch.bind(claimOne(stand), "instance-1");
        assertThat(dispatch.superseded(NOON.minusSeconds(9), 9)).isEmpty();

        stand.ledger.operations().close(operation.id(), Outcome.SUPERSEDED);

        assertThat(dispatch.superseded(NOON.minusSeconds(9), 9))
                .extracting(Operation::processInstance)
                .containsExactly("instance-1");
        assertThat(dispatch.superseded(NOON.plusSeconds(1), 9)).isEmpty();
    }

    @OnEachDatabase
    void a_claim_survives_the_rollback_of_the_caller(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Failures.rolledBack(stand.ledger, () -> claimOne(stand));

        assertThat(stand.ledger.dispatch().claim(NOON, 1, 0, LEASE)).isEmpty();
    }

    @OnEachDatabase
    void when_the_lease_is_over_another_worker_takes_over_and_the_lost_run_is_counted(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        Claim dead = claimOne(stand);

        Claim second = dispatch.claim(LEASE_OVER, 1, 0, LEASE).get(0);
        Claim third = dispatch.claim(LEASE_OVER.plus(LEASE), 1, 0, LEASE).get(0);

        assertThat(second.token()).isEqualTo(2);
        assertThat(second.lostRuns()).isEqualTo(1);
        assertThat(third.lostRuns()).isEqualTo(2);
        assertThat(dispatch.bind(dead, "instance")).isFalse();
        assertThat(dispatch.postpone(dead, NOON, FailureCode.TARGET_BUSY, "stale"))
                .isFalse();
        assertThat(dispatch.quarantine(dead, FailureCode.TARGET_BUSY, "stale")).isFalse();
        assertThat(current(stand, dead).failure()).isNull();
        assertThat(dispatch.bind(third, "instance")).isTrue();
    }

    @OnEachDatabase
    void a_claim_whose_lease_is_over_still_binds_when_nobody_took_over(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Claim claim = claimOne(stand);
        stand.clock.advance(LEASE.multipliedBy(2));

        assertThat(stand.ledger.dispatch().bind(claim, "instance")).isTrue();
        Operation running = current(stand, claim);
        assertThat(running.status()).isEqualTo(OperationStatus.RUNNING);
        assertThat(running.processInstance()).isEqualTo("instance");
        assertThat(stand.ledger.dispatch().bind(claim, "another")).isFalse();
        assertThat(stand.ledger.dispatch().claim(NOON.plus(Duration.ofDays(1)), 1, 0, LEASE))
                .isEmpty();
    }

    @OnEachDatabase
    void a_binding_that_is_rolled_back_leaves_the_claim_to_its_lease(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Claim claim = claimOne(stand);
        Failures.rolledBack(
                stand.ledger,
                () -> assertThat(stand.ledger.dispatch().bind(claim, "instance"))
                        .isTrue());

        assertThat(current(stand, claim).processInstance()).isNull();
        assertThat(stand.ledger.dispatch().claim(LEASE_OVER, 1, 0, LEASE)).hasSize(1);
    }

    @OnEachDatabase
    void a_run_that_ended_the_operation_itself_binds_but_one_that_was_superseded_does_not(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Claim straight = claimOne(stand);
        stand.ledger.operations().close(straight.operation().id(), Outcome.DECLINED);
        stand.ledger.queued(BILLING);
        Claim superseded = claimOne(stand);
        stand.ledger.operations().close(superseded.operation().id(), Outcome.SUPERSEDED);

        assertThat(stand.ledger.dispatch().bind(straight, "instance")).isTrue();
        assertThat(current(stand, straight).status()).isEqualTo(OperationStatus.CLOSED);
        assertThat(current(stand, straight).processInstance()).isEqualTo("instance");
        assertThat(stand.ledger.dispatch().bind(superseded, "instance")).isFalse();
    }

    @OnEachDatabase
    void a_postponed_operation_waits_for_its_time_and_has_lost_no_run(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        claimOne(stand);
        Claim claim = dispatch.claim(LEASE_OVER, 1, 0, LEASE).get(0);
        Instant later = LEASE_OVER.plusSeconds(30);

        assertThat(dispatch.postpone(claim, later, FailureCode.STORE_UNAVAILABLE, "the store is away"))
                .isTrue();

        Operation postponed = current(stand, claim);
        assertThat(postponed.status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(postponed.notBefore()).isEqualTo(later);
        assertThat(postponed.failure()).isEqualTo(FailureCode.STORE_UNAVAILABLE);
        assertThat(postponed.failureMessage()).isEqualTo("the store is away");
        assertThat(dispatch.backlog()).isEqualTo(1);
        assertThat(dispatch.claim(later.minusMillis(1), 1, 0, LEASE)).isEmpty();
        Claim again = dispatch.claim(later, 1, 0, LEASE).get(0);
        assertThat(again.lostRuns()).isZero();
        assertThat(again.token()).isEqualTo(3);
        assertThat(dispatch.postpone(claim, later, FailureCode.TARGET_BUSY, "stale"))
                .isFalse();
    }

    @OnEachDatabase
    void a_quarantined_operation_leaves_the_queue_until_somebody_puts_it_back(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        Claim claim = claimOne(stand);
        assertThat(dispatch.requeue(claim.operation().id())).isFalse();

        assertThat(dispatch.quarantine(claim, FailureCode.INTERNAL_ERROR, "broke three times"))
                .isTrue();
        assertThat(current(stand, claim).status()).isEqualTo(OperationStatus.QUARANTINED);
        assertThat(current(stand, claim).failureMessage()).isEqualTo("broke three times");
        assertThat(stand.ledger.operations().active(ORDERS)).isPresent();
        assertThat(dispatch.claim(NOON.plus(Duration.ofDays(1)), 1, 0, LEASE)).isEmpty();
        assertThat(dispatch.bind(claim, "instance")).isFalse();

        assertThat(dispatch.requeue(claim.operation().id())).isTrue();
        assertThat(claimOne(stand).lostRuns()).isZero();
        assertThat(dispatch.requeue(4711)).isFalse();
    }

    @OnEachDatabase
    void a_closed_operation_is_never_claimed(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        stand.ledger.operations().close(operation.id(), Outcome.SUPERSEDED);

        assertThat(stand.ledger.dispatch().claim(NOON, 1, 0, LEASE)).isEmpty();
        assertThat(stand.ledger.dispatch().backlog()).isZero();
    }

    @OnEachDatabase
    void concurrent_workers_claim_each_operation_once(LedgerStand stand) {
        int many = 40;
        for (int i = 0; i < many; i++) {
            queue(stand, "a/b/c/app-" + i, Operation.ROUTINE);
        }
        List<Long> claimed = new ArrayList<>();
        Together.run(8, () -> drain(stand)).forEach(claimed::addAll);
        claimed.addAll(drain(stand));

        assertThat(claimed).hasSize(many).doesNotHaveDuplicates();
    }

    private static List<Long> drain(LedgerStand stand) {
        List<Long> all = new ArrayList<>();
        List<Long> some;
        do {
            some = claimOrLost(stand);
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    private static List<Long> claimOrLost(LedgerStand stand) {
        try {
            return ids(stand.ledger.dispatch().claim(NOON, 3, 0, LEASE));
        } catch (RetryableException lost) {
            assertThat(lost.code()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE);
            return List.of();
        }
    }

    @OnEachDatabase
    void an_operation_is_refreshed_when_every_consumer_has_seen_its_current_version(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Dispatch dispatch = stand.ledger.dispatch();
        Claim claim = claimOne(stand);
        stand.ledger.consumers().register(ORDERS, List.of(Consumer.named("shop-web"), Consumer.named("shop-jobs")));
        SecretRef candidate = stand.ledger.reserve(claim.operation()).ref();
        stand.ledger.consumers().seen("shop-web", candidate);
        dispatch.bind(claim, "instance");
        stand.ledger.versions().promote(candidate);
        assertThat(dispatch.refreshed(0, 10).found()).isEmpty();

        stand.ledger.consumers().seen("shop-jobs", candidate);
        assertThat(dispatch.refreshed(0, 10).found())
                .extracting(Operation::label)
                .containsExactly(claim.operation().label());
        assertThat(dispatch.refreshed(claim.operation().id(), 10).found()).isEmpty();

        stand.ledger.versions().demote(candidate, null);
        assertThat(dispatch.refreshed(0, 10).found()).isEmpty();
        stand.ledger.versions().promote(candidate);
        stand.ledger.operations().close(claim.operation().id(), Outcome.ROTATED);
        assertThat(dispatch.refreshed(0, 10).found()).isEmpty();
    }

    @OnEachDatabase
    void running_operations_are_looked_at_in_turn(LedgerStand stand) {
        for (int i = 0; i < 5; i++) {
            queue(stand, "a/b/c/app-" + i, Operation.ROUTINE);
        }
        Dispatch dispatch = stand.ledger.dispatch();
        List<Claim> claims = dispatch.claim(NOON, 5, 0, LEASE);
        claims.forEach(claim -> dispatch.bind(claim, "instance"));
        List<Long> ids = ids(claims);
        stand.ledger.operations().requestRollback(ids.get(0));

        Dispatch.Look first = dispatch.refreshed(0, 2);
        Dispatch.Look second = dispatch.refreshed(first.last(), 2);
        Dispatch.Look third = dispatch.refreshed(second.last(), 2);

        assertThat(List.of(first.last(), second.last(), third.last())).containsExactly(ids.get(2), ids.get(4), 0L);
    }

    @OnEachDatabase
    void an_operation_whose_previous_version_is_kept_is_not_refreshed_before(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Claim claim = claimOne(stand);
        stand.ledger.consumers().register(ORDERS, List.of(Consumer.named("shop-web")));
        SecretRef candidate = stand.ledger.reserve(claim.operation()).ref();
        stand.ledger.dispatch().bind(claim, "instance");
        stand.ledger.versions().promote(candidate);
        stand.ledger.consumers().seen("shop-web", candidate);
        long id = claim.operation().id();
        assertThat(stand.ledger.dispatch().refreshed(id)).isTrue();

        stand.ledger.operations().keepPrevious(id, NOON.plusSeconds(3600));
        stand.clock.set(NOON.plusSeconds(3599));
        assertThat(stand.ledger.dispatch().refreshed(0, 10).found()).isEmpty();
        assertThat(stand.ledger.dispatch().refreshed(id)).isFalse();

        stand.clock.set(NOON.plusSeconds(3600));
        assertThat(stand.ledger.dispatch().refreshed(0, 10).found()).hasSize(1);
        assertThat(stand.ledger.dispatch().refreshed(id)).isTrue();
    }

    @OnEachDatabase
    void an_operation_without_registered_consumers_waits_for_its_grace(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        Claim claim = claimOne(stand);
        stand.ledger.versions().promote(stand.ledger.reserve(claim.operation()).ref());
        stand.ledger.dispatch().bind(claim, "instance");

        assertThat(stand.ledger.dispatch().refreshed(0, 10).found()).isEmpty();
    }

    private static Claim claimOne(LedgerStand stand) {
        return stand.ledger.dispatch().claim(NOON, 1, 0, LEASE).get(0);
    }

    private static Operation current(LedgerStand stand, Claim claim) {
        return stand.ledger.operations().get(claim.operation().id());
    }

    private static Operation queue(LedgerStand stand, String name, int priority) {
        return queue(stand, name, "orders-db", priority);
    }

    private static Operation queue(LedgerStand stand, String name, String target, int priority) {
        CredentialName credential = CredentialName.of(name);
        stand.ledger.inventory().register(credential, target, null);
        return stand.ledger.request(credential, priority);
    }

    private static List<Long> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.operation().id()).toList();
    }
}
