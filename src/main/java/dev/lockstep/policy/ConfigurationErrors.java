package dev.lockstep.policy;

import java.util.List;

/** The configuration was refused as a whole; {@link #errors()} tells everything that is wrong with it. */
public final class ConfigurationErrors extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationError> errors;

    /** @param errors at least one */
    public ConfigurationErrors(List<ConfigurationError> errors) {
        super("the configuration is refused because of " + errors.size() + (errors.size() == 1 ? " error" : " errors"));
        this.errors = List.copyOf(errors);
    }

    /** What is wrong, in the order of files and lines. */
    public List<ConfigurationError> errors() {
        return errors;
    }
}
