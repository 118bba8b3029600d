package dev.lockstep.store.embedded;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The two kinds of transactions that a store needs. A body that throws dooms the transaction it joined. */
final class Transactions {

    /** Seconds after which a statement that waits for a lock gives up. */
    private static final int PATIENCE = 10;

    private final TransactionTemplate joined;
    private final TransactionTemplate own;

    Transactions(PlatformTransactionManager manager) {
        this.joined = new TransactionTemplate(manager);
        this.own = new TransactionTemplate(manager);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.setTimeout(PATIENCE);
    }

    /** In the caller's transaction, or in a new one when there is none. */
    <T> T joined(Supplier<T> body) {
        return Objects.requireNonNull(joined.execute(status -> body.get()));
    }

    /** In a transaction of its own, committed when this returns. */
    <T> T own(Supplier<T> body) {
        return Objects.requireNonNull(own.execute(status -> body.get()));
    }

    /** In a transaction of its own, committed when this returns. */
    void own(Runnable body) {
        own.executeWithoutResult(status -> body.run());
    }
}
