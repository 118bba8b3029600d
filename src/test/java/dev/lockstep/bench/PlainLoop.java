package dev.lockstep.bench;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.ApplyToTarget;
import dev.lockstep.lifecycle.CloseOperation;
import dev.lockstep.lifecycle.OpenGrace;
import dev.lockstep.lifecycle.OpenOperation;
import dev.lockstep.lifecycle.PromoteVersion;
import dev.lockstep.lifecycle.PropagateVersion;
import dev.lockstep.lifecycle.ProvePreviousDead;
import dev.lockstep.lifecycle.RetirePrevious;
import dev.lockstep.lifecycle.StageVersion;
import dev.lockstep.lifecycle.VerifyVersion;
import dev.lockstep.port.Dispatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the engine is measured against: eight threads that claim queued operations and call the steps of a rotation one
 * after the other, with the same beans, the same records in the ledger and the same transactions, but no engine.
 */
final class PlainLoop {

    static final int THREADS = 8;

    private static final Duration LEASE = Duration.ofSeconds(60);

    /** All that the benchmark asks for waits here. */
    private static final Dispatch.Line LINE = new Dispatch.Line("postgres", Operation.REQUESTED, Instant.EPOCH);

    private final Dispatch dispatch;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final List<Step> steps;

    PlainLoop(Stand stand) {
        this.dispatch = stand.bean(Dispatch.class);
        this.clock = stand.bean(Clock.class);
        this.transaction = new TransactionTemplate(stand.bean(PlatformTransactionManager.class));
        this.steps = List.of(
                stand.bean(OpenOperation.class)::run,
                stand.bean(StageVersion.class)::run,
                stand.bean(ApplyToTarget.class)::run,
                stand.bean(VerifyVersion.class)::run,
                stand.bean(PromoteVersion.class)::run,
                stand.bean(PropagateVersion.class)::run,
                stand.bean(OpenGrace.class)::run,
                stand.bean(RetirePrevious.class)::run,
                stand.bean(ProvePreviousDead.class)::run,
                operation -> stand.bean(CloseOperation.class).run(operation, Outcome.ROTATED));
    }

    /** Works off so many operations, all of which are queued. */
    void work(int operations) {
        AtomicInteger left = new AtomicInteger(operations);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> workWhile(left)));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the plain loop broke", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void workWhile(AtomicInteger left) {
        while (left.getAndDecrement() > 0) {
            rotate(claim());
        }
    }

    private Claim claim() {
        while (true) {
            List<Claim> claims = dispatch.claim(LINE, 1, clock.instant(), LEASE);
            if (!claims.isEmpty()) {
                return claims.get(0);
            }
        }
    }

    private void rotate(Claim claim) {
        long operation = claim.operation().id();
        transaction.executeWithoutResult(status -> {
            steps.forEach(step -> step.run(operation));
            if (!dispatch.bind(claim, "none")) {
                throw new IllegalStateException("somebody else has taken " + operation);
            }
        });
    }

    /** One step of a rotation; what it returns is for the model's gateways, and here every gateway is known. */
    private interface Step {
        void run(long operation);
    }
}
