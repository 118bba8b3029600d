package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs an installed program; one that is missing is a failure like any other. */
final class Program {

    private Program() {}

    /** Returns what the program printed; fails unless it ended well. */
    static String run(Map<String, String> environment, String... command) {
        Ended ended = end(environment, command);
        assertThat(ended.code())
                .as("%s printed:%n%s", List.of(command), ended.output())
                .isZero();
        return ended.output();
    }

    /** Returns how the program ended, with everything it printed. */
    static Ended end(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException missing) {
            throw new AssertionError(command[0] + " cannot be started; is it installed?", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command[0] + " was interrupted", stopped);
        }
    }

    /** How a program ended. */
    record Ended(int code, String output) {}
}
