package dev.lockstep.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn: seal what waits, look whether the chain is still the one that was seen before, checkpoint, measure. */
final class SealingRun {

    private static final Logger LOG = LoggerFactory.getLogger(SealingRun.class);

    private final Sealer sealer;
    private final Chain chain;
    private final Continuity continuity;
    private final Checkpointer checkpointer;
    private final SealingState state;
    private final Clock clock;
    private boolean failing;
    private boolean broken;

    SealingRun(
            Sealer sealer,
            Chain chain,
            Continuity continuity,
            Checkpointer checkpointer,
            SealingState state,
            Clock clock) {
        this.sealer = sealer;
        this.chain = chain;
        this.continuity = continuity;
        this.checkpointer = checkpointer;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Never throws: failing is logged once, and so is recovery.
     *
     * @param stopping ends a long backlog early
     * @param last whether the chain's end is to be checkpointed in any case
     */
    synchronized void run(BooleanSupplier stopping, boolean last) {
        try {
            turn(stopping, last);
            if (failing) {
                LOG.info("The audit trail is being sealed again");
                failing = false;
            }
        } catch (RuntimeException | Error e) {
            if (!failing) {
                LOG.error("The audit trail cannot be sealed; events are kept and will be sealed later", e);
                failing = true;
            }
        }
    }

    private void turn(BooleanSupplier stopping, boolean last) {
        boolean holds = continuity.holds();
        noteContinuity(holds);
        Instant before = clock.instant();
        boolean more = true;
        while (more && !stopping.getAsBoolean()) {
            more = sealer.sealBatch();
        }
        Head head = chain.head();
        Chain.Backlog backlog = chain.backlog();
        Instant oldest = backlog.oldest();
        state.sampled(oldest == null ? before : oldest, backlog.unsealed(), head.position(), holds);
        if (holds) {
            continuity.saw(head);
            checkpoint(head, last);
        }
    }

    /** A broken chain gets no new checkpoint: that would make the evidence contradict itself. */
    private void checkpoint(Head head, boolean last) {
        if (last) {
            checkpointer.checkpointNow(head);
        } else {
            checkpointer.checkpointIfDue(head);
        }
    }

    private void noteContinuity(boolean holds) {
        if (!holds && !broken) {
            LOG.error("The audit chain no longer holds what was seen of it: it was cut, changed or restored from a"
                    + " backup. Verify the audit trail; no checkpoint is written until the chain is whole again");
        } else if (holds && broken) {
            LOG.info("The audit chain holds again what was seen of it");
        }
        broken = !holds;
    }
}
