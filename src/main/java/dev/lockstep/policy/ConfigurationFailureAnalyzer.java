package dev.lockstep.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the configuration at start, one line each, instead of a stack trace. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationErrors> {

    private static final int SHOWN = 100;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationErrors cause) {
        List<ConfigurationError> errors = cause.errors();
        String lines = errors.stream()
                .limit(SHOWN)
                .map(ConfigurationError::toString)
                .collect(Collectors.joining(System.lineSeparator()));
        String more = errors.size() > SHOWN ? System.lineSeparator() + "and " + (errors.size() - SHOWN) + " more" : "";
        return new FailureAnalysis(
                lines + more, "Correct the configuration and start again; no credential was touched.", cause);
    }
}
