package dev.lockstep.policy;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration was refused as a whole; carries everything that is wrong with it. */
public final class ConfigurationErrors extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationError> errors;

    /** @param errors at least one */
    public ConfigurationErrors(List<ConfigurationError> errors) {
        super(errors.stream().map(ConfigurationError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** What is wrong, in the order of files and lines. */
    public List<ConfigurationError> errors() {
        return errors;
    }
}
