package dev.lockstep.ledger;

import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where the ledger's statements run: beside the caller's transaction, in it, or in a part of it that can be undone. All
 * run as read committed, which the pool sets once for each connection; asking here would cost a round trip each time.
 */
final class Transactions {

    private final TransactionTemplate joined;
    private final TransactionTemplate own;
    private final TransactionTemplate nested;

    Transactions(PlatformTransactionManager manager) {
        this.joined = template(manager, TransactionDefinition.PROPAGATION_REQUIRED);
        this.own = template(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.nested = template(manager, TransactionDefinition.PROPAGATION_NESTED);
    }

    private static TransactionTemplate template(PlatformTransactionManager manager, int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    /** One statement, in the caller's transaction if there is one. */
    static <T> T statement(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw LedgerErrors.translate(e);
        }
    }

    /** Several statements in the caller's transaction. */
    <T> T joined(Supplier<T> work) {
        return statement(() -> joined.execute(status -> work.get()));
    }

    /** A transaction of its own, committed on return whatever becomes of the caller's. */
    <T> T own(Supplier<T> work) {
        return statement(() -> own.execute(status -> work.get()));
    }

    /** Like {@link #own}, for a caller that has its own answer to what the database says. */
    <T> T ownUntranslated(Supplier<T> work) {
        return own.execute(status -> work.get());
    }

    /** Several statements in the caller's transaction that are all undone, and only they, when the work throws. */
    <T> T nested(Supplier<T> work) {
        return statement(() -> nestedUntranslated(work));
    }

    /** Like {@link #nested}, for a caller that has its own answer to what the database says. */
    <T> T nestedUntranslated(Supplier<T> work) {
        return nested.execute(status -> work.get());
    }

    /** Like {@link #nested}, and also undone when the work answers false. */
    boolean nestedIf(Supplier<Boolean> work) {
        return statement(() -> nested.execute(status -> keepIf(work.get(), status)));
    }

    private static boolean keepIf(boolean done, TransactionStatus status) {
        if (!done) {
            status.setRollbackOnly();
        }
        return done;
    }
}
