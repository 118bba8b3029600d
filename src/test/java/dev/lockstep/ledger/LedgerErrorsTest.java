package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

class LedgerErrorsTest {

    @OnEachDatabase
    void a_database_that_does_not_answer_is_a_reason_to_try_again(LedgerStand stand) {
        TestLedger ledger = stand.ledger;
        long operation = ledger.queued(ORDERS).id();
        SecretRef ref = ledger.reserve(ledger.operations().get(operation)).ref();
        ledger.database().disconnect();

        List<Runnable> calls = List.of(
                () -> ledger.inventory().find(ORDERS),
                () -> ledger.inventory().register(BILLING, "orders-db", null),
                () -> ledger.inventory().schedule(ORDERS, NOON),
                () -> ledger.versions().find(ref),
                () -> ledger.versions().refingerprint(ref, "f".repeat(64)),
                () -> ledger.versions().promote(ref),
                () -> ledger.versions().move(ref, Stage.STAGED, Stage.DISCARDED),
                () -> ledger.operations().find(operation),
                () -> ledger.operations().requestDue(NOON, 1),
                () -> ledger.operations().noteFailure(operation, FailureCode.TARGET_BUSY, "busy"),
                () -> ledger.request(ORDERS, 0),
                () -> ledger.dispatch().claim(NOON, 1, 0, Duration.ofMinutes(1)),
                () -> ledger.dispatch().backlog(),
                () -> ledger.attempts().begin(operation, Step.APPLY, Duration.ofSeconds(1), Map.of()),
                () -> ledger.attempts().list(operation),
                () -> ledger.consumers().register(ORDERS, List.of(Consumer.named("shop-web"))),
                () -> ledger.consumers().laggards(ref));
        for (Runnable call : calls) {
            Failures.assertRetryable(FailureCode.LEDGER_UNAVAILABLE, call).withNoCause();
        }
    }

    @OnEachDatabase
    void of_two_transactions_that_wait_for_each_other_one_is_told_to_try_again(LedgerStand stand) {
        TestLedger ledger = stand.ledger;
        ledger.inventory().register(ORDERS, "orders-db", null);
        ledger.inventory().register(BILLING, "orders-db", null);
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger turn = new AtomicInteger();

        List<Boolean> done = Together.run(2, () -> {
            boolean forwards = turn.getAndIncrement() == 0;
            return crosses(ledger, forwards ? ORDERS : BILLING, forwards ? BILLING : ORDERS, bothHoldOne);
        });

        assertThat(done).contains(false);
    }

    private static boolean crosses(
            TestLedger ledger, CredentialName first, CredentialName second, CyclicBarrier bothHoldOne) {
        try {
            return ledger.inTransaction(() -> {
                ledger.inventory().schedule(first, NOON);
                await(bothHoldOne);
                ledger.inventory().schedule(second, NOON);
                return true;
            });
        } catch (RetryableException deadlock) {
            assertThat(deadlock.code()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE);
            return false;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the other thread did not come", e);
        }
    }
}
