package dev.lockstep.observe;

import dev.lockstep.port.Configurations;
import dev.lockstep.port.RefusedConfiguration.Flaw;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Whether this node's files are in order, and whether it works with what is in force. */
final class ConfigurationHealth extends AbstractHealthIndicator {

    private static final int MOST_NAMED = 10;

    private final ObjectProvider<Configurations> configurations;

    ConfigurationHealth(ObjectProvider<Configurations> configurations) {
        super("what is in force cannot be read");
        this.configurations = configurations;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        configurations.ifAvailable(known -> tell(known.state(), health));
    }

    private static void tell(Configurations.State state, Health.Builder health) {
        if (!state.problems().isEmpty() || !follows(state)) {
            health.status(Degraded.STATUS);
        }
        health.withDetail("loaded", state.loaded());
        if (state.inForce() != null) {
            health.withDetail("inForce", state.inForce().digest());
        }
        if (!state.problems().isEmpty()) {
            health.withDetail("errors", state.problems().size())
                    .withDetail("since", String.valueOf(state.since()))
                    .withDetail(
                            "first",
                            state.problems().stream()
                                    .limit(MOST_NAMED)
                                    .map(Flaw::toString)
                                    .toList());
        }
        if (state.pending() != null) {
            health.withDetail("pending", state.pending());
        }
    }

    /** Whether the node works with what is in force; nodes differ for a moment after each change. */
    static boolean follows(Configurations.State state) {
        return state.inForce() == null || state.inForce().digest().equals(state.loaded());
    }
}
