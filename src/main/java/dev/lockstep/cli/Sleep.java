package dev.lockstep.cli;

import java.time.Duration;

/** Waits. */
final class Sleep {

    private Sleep() {}

    static void of(Duration length) {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILED, "Interrupted.");
        }
    }
}
