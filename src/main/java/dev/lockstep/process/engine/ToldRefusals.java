package dev.lockstep.process.engine;

import dev.lockstep.domain.LockstepException;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the engine log what it refuses, and tells its caller with a sentence, in one line; it would take that for an
 * error of the server. Of failures that Lockstep has an answer to it keeps silent. Everything else it logs with its
 * stack.
 */
public final class ToldRefusals extends CommandContextFactory {

    private static final Logger log = LoggerFactory.getLogger(ToldRefusals.class);

    private final Predicate<Throwable> told;

    /** @param told what the caller is told with a sentence */
    public ToldRefusals(ProcessEngineConfigurationImpl engine, Predicate<Throwable> told) {
        this.told = told;
        setProcessEngineConfiguration(engine);
    }

    /** A model that the rules refuse, and answers that do not fit a form. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof ParseException || failure instanceof FormFieldValidationException;
    }

    @Override
    public CommandContext createCommandContext() {
        return new CommandContext(processEngineConfiguration) {
            @Override
            protected void fireCommandFailed(Throwable failure) {
                super.fireCommandFailed(failure);
                if (told.test(failure)) {
                    log.info("Refused: {}", String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
                }
            }

            @Override
            protected boolean shouldLogFine(Throwable failure) {
                return told.test(failure) || hasAnswer(failure) || super.shouldLogFine(failure);
            }
        };
    }

    /** Whoever runs an operation knows what to do about these and says so: a shut gate, a step to be tried again. */
    private static boolean hasAnswer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException) {
                return true;
            }
        }
        return false;
    }
}
