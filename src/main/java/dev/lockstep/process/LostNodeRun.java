package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Drill;
import dev.lockstep.lifecycle.InjectFault;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Drills;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a process does that is meant to die: it claims the rotation of the sandbox and runs it; an adapter halts it. */
@Component
public class LostNodeRun {

    /** The setting that names the drill; only a process that has it dies. */
    public static final String DRILL = "lockstep.drill.dies-for";

    private final Drills drills;
    private final InjectFault injection;
    private final Dispatch dispatch;
    private final OperationRun run;
    private final Clock clock;
    private final TransactionTemplate transaction;

    LostNodeRun(
            Drills drills,
            InjectFault injection,
            Dispatch dispatch,
            OperationRun run,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.drills = drills;
        this.injection = injection;
        this.dispatch = dispatch;
        this.run = run;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Returns when it did not come to that: the drill is over, or another operation is under way. */
    public void run(long drill) {
        claim(drills.get(drill)).ifPresent(run::run);
    }

    /** Requested and claimed in one transaction, so that no worker of another node gets it first. */
    private Optional<Claim> claim(Drill drill) {
        if (!injection.fit(drill) || drills.faulty(drill.credential()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(transaction.execute(status -> injection
                .request(drill)
                .flatMap(operation -> {
                    drills.involve(drill.id(), operation.id());
                    return dispatch.claim(operation.id(), clock.instant(), OperationRun.LEASE);
                })
                .orElse(null)));
    }
}
