package dev.lockstep.observe;

import dev.lockstep.domain.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts an operation into the log lines of this thread until it is closed. */
final class LogContext implements AutoCloseable {

    private static final String OPERATION = "lockstep.operation";
    private static final String CREDENTIAL = "lockstep.credential";

    private final @Nullable String operationBefore = MDC.get(OPERATION);
    private final @Nullable String credentialBefore = MDC.get(CREDENTIAL);

    private LogContext() {}

    static LogContext of(Operation operation) {
        LogContext context = new LogContext();
        MDC.put(OPERATION, operation.label());
        MDC.put(CREDENTIAL, operation.credential().value());
        return context;
    }

    @Override
    public void close() {
        restore(OPERATION, operationBefore);
        restore(CREDENTIAL, credentialBefore);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
