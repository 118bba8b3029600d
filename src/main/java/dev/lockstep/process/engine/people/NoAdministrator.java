package dev.lockstep.process.engine.people;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Nobody administers the engine; its web applications would offer that place to whoever comes first. */
final class NoAdministrator extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoAdministrator() {
        super("the engine's group '" + EngineGroups.ADMIN + "' has no member");
    }

    /** Shows the refusal to start in one line instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<NoAdministrator> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, NoAdministrator cause) {
            return new FailureAnalysis(
                    "Lockstep does not start, because " + cause.getMessage() + ".",
                    "Give a user the role 'administrator' and make sure that it is not disabled.",
                    cause);
        }
    }
}
