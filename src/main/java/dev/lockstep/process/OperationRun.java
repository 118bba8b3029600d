package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One worker's run of a claimed operation: process instance and ledger move in one transaction, and whatever goes wrong
 * leaves the operation in the queue, with a human, or visibly in quarantine.
 */
@Component
class OperationRun {

    /** Longer than the time-outs of a whole run together; an older claim belongs to a dead worker. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** Workers that may die on an operation before a human has to look. */
    private static final int MOST_LOST = 3;

    /** Runs that may break in an unforeseen way before a human has to look. */
    private static final int MOST_BROKEN = 5;

    private static final Duration PARKED = Duration.ofSeconds(1);
    private static final Duration WITHOUT_POLICY = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(OperationRun.class);

    private final VersionChoice versions;
    private final Instances instances;
    private final Dispatch dispatch;
    private final Operations operations;
    private final Catalog catalog;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OperationRun(
            VersionChoice versions,
            Instances instances,
            Dispatch dispatch,
            Operations operations,
            Catalog catalog,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.versions = versions;
        this.instances = instances;
        this.dispatch = dispatch;
        this.operations = operations;
        this.catalog = catalog;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Never throws. */
    void run(Claim claim) {
        try {
            if (claim.lostRuns() >= MOST_LOST) {
                giveUp(claim, claim.lostRuns() + " workers died while they ran it");
            } else {
                RunVersion version = versions.of(claim);
                begin(claim, () -> instances.start(claim.operation(), version));
            }
        } catch (LostClaim lost) {
            log.info("{} was taken over by somebody else", claim.operation().label());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            settle(claim, failure);
        }
    }

    private void begin(Claim claim, Supplier<String> start) {
        transaction.executeWithoutResult(status -> {
            if (!dispatch.bind(claim, start.get())) {
                throw new LostClaim();
            }
        });
    }

    private void settle(Claim claim, Throwable failure) {
        try {
            Optional<LockstepException> known = lockstep(failure);
            if (known.isPresent() && known.get() instanceof RetryableException retryable) {
                if (retryable.code().nothingTried()) {
                    park(claim, retryable);
                } else {
                    postpone(claim, retryable.code(), retryable.getMessage());
                }
            } else if (known.isPresent() && known.get().code() == FailureCode.OPERATION_CLOSED) {
                log.info("{} has ended meanwhile", claim.operation().label());
            } else {
                broken(claim, known, failure);
            }
        } catch (RuntimeException worse) {
            log.warn(
                    "{} stays claimed until its lease ends: {}",
                    claim.operation().label(),
                    worse.getClass().getSimpleName());
        }
    }

    /** As long as the target is shut nobody claims it; spread out, so that not all come back at once. */
    private void park(Claim claim, RetryableException why) {
        Duration wait = PARKED.plusMillis(ThreadLocalRandom.current().nextLong(PARKED.toMillis()));
        dispatch.park(claim, why.notBefore().orElseGet(() -> clock.instant().plus(wait)));
    }

    private void broken(Claim claim, Optional<LockstepException> known, Throwable failure) {
        FailureCode code = known.map(LockstepException::code).orElse(FailureCode.INTERNAL_ERROR);
        String message = known.map(Throwable::getMessage)
                .orElse("the run broke with " + failure.getClass().getSimpleName());
        if (known.isEmpty()) {
            log.error("{} broke", claim.operation().label(), failure);
        }
        if (claim.runs() < MOST_BROKEN) {
            postpone(claim, code, message);
        } else {
            operations.noteFailure(claim.operation().id(), code, message);
            giveUp(claim, message);
        }
    }

    private void postpone(Claim claim, FailureCode code, String message) {
        Duration wait = catalog.credential(claim.operation().credential())
                .map(credential -> credential.policy().retries())
                .map((Policy.Retries retries) -> retries.backoffAfter(claim.runs()))
                .orElse(WITHOUT_POLICY);
        dispatch.postpone(claim, clock.instant().plus(wait), code, message);
        log.warn(
                "{} of {} waits {}: {}",
                claim.operation().label(),
                claim.operation().credential(),
                wait,
                message);
    }

    /**
     * The model undoes what the lost runs changed and asks a human; where it cannot even begin, the ledger shows the
     * operation as quarantined.
     */
    private void giveUp(Claim claim, String why) {
        Operation operation = claim.operation();
        log.error("{} of {} goes to a human: {}", operation.label(), operation.credential(), why);
        if (operation.failure() == null) {
            operations.noteFailure(operation.id(), FailureCode.INTERNAL_ERROR, why);
        }
        if (catalog.credential(operation.credential()).isEmpty()) {
            dispatch.quarantine(claim, FailureCode.MISCONFIGURED, why);
            return;
        }
        try {
            RunVersion version = versions.of(claim);
            begin(claim, () -> instances.startAtRecovery(operation, version));
        } catch (LostClaim lost) {
            throw lost;
        } catch (RuntimeException noWay) {
            dispatch.quarantine(claim, FailureCode.INTERNAL_ERROR, why);
        }
    }

    private static Optional<LockstepException> lockstep(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException known) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
