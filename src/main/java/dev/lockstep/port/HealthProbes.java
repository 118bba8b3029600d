package dev.lockstep.port;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Health;
import java.time.Duration;

/** Asks whether consumers are healthy. */
public interface HealthProbes {

    /** The answer within {@link #timeout()}; no answer is none that says that all is well. Never throws. */
    Health ask(Canary.Probe probe);

    /** The longest that a question takes. */
    Duration timeout();
}
