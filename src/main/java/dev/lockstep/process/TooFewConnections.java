package dev.lockstep.process;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Workers would wait for each other's database connections until all of them time out. */
final class TooFewConnections extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final int needed;

    TooFewConnections(int pool, int needed) {
        super("the connection pool has at most " + pool + " connections, and the workers alone need " + needed);
        this.needed = needed;
    }

    /** Shows the refusal to start in one line instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<TooFewConnections> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, TooFewConnections cause) {
            return new FailureAnalysis(
                    "Lockstep does not start, because " + cause.getMessage() + ".",
                    "Set spring.datasource.hikari.maximum-pool-size to at least " + cause.needed
                            + ", or camunda.bpm.job-execution.max-pool-size to less.",
                    cause);
        }
    }
}
