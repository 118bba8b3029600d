package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.port.Dispatch;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Does once, in the caller's thread, what the dispatchers do all the time. */
@Component
public class DispatchRound {

    private static final int MOST = 100;

    private final Dispatch dispatch;
    private final OperationRun run;

    DispatchRound(Dispatch dispatch, OperationRun run) {
        this.dispatch = dispatch;
        this.run = run;
    }

    /** Claims what may start now and runs each operation up to its first wait state. Returns how many those were. */
    public int run(Instant now) {
        List<Claim> claims = dispatch.claim(now, MOST, Integer.MIN_VALUE, OperationRun.LEASE);
        claims.forEach(run::run);
        return claims.size();
    }
}
