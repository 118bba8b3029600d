package dev.lockstep.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another Lockstep process, which dies when it is told where to. */
final class Victim implements AutoCloseable {

    private static final String ERRORS = "processes.err";
    private static final long PATIENCE_SECONDS = 120;
    private static final int LAST_WORDS = 12_000;

    private final Process process;
    private final BufferedReader out;
    private final Path log;

    private Victim(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Begins to start one of this main class; it is slow to do so.
     *
     * @param jvm from {@link Programs#command}
     */
    static Victim start(List<String> jvm, Class<?> main, Map<String, Object> settings, Path log) {
        List<String> command = new ArrayList<>(jvm);
        command.add(main.getName());
        settings.forEach((name, value) -> command.add(name + '=' + value));
        command.add("logging.file.name=" + log);
        command.add("logging.level.dev.lockstep=DEBUG");
        try {
            return new Victim(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(
                                    log.resolveSibling(ERRORS).toFile()))
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it is to do: rotate the trial's credential, and die at that side of that call. */
    static String order(Trial trial, String database, int point, Side side, Instant now) {
        String role = trial.credential().principals().get(0);
        return String.join(
                " ",
                trial.scenario().name(),
                role,
                Bench.initial(role),
                database,
                Integer.toString(point),
                side.name(),
                now.toString());
    }

    /** Gives the order and waits for the end. Returns the call at which the process died. */
    String die(String order) {
        awaitReady();
        order(order);
        String call = read(KilledProcess.DIED_AT);
        if (!ended(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != KilledProcess.STATUS) {
            throw new IllegalStateException("the process did not die as it should: " + process);
        }
        return call;
    }

    void awaitReady() {
        read(KilledProcess.READY);
    }

    /** One line that its main class understands. */
    void order(String order) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(order)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, by SIGTERM. Returns false when it has not by then. */
    boolean endsWithin(long time, TimeUnit unit) {
        process.destroy();
        return ended(time, unit);
    }

    /** Waits for its end. Returns false when it has not come by then. */
    boolean ended(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rest of the next line that begins so. */
    private String read(String beginning) {
        StringBuilder said = new StringBuilder();
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
                said.append(line).append('\n');
            }
            boolean ended = ended(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new IllegalStateException("the process %s before it said '%s': %s%n%s%n%s"
                    .formatted(
                            ended ? "ended with status " + process.exitValue() : "fell silent",
                            beginning,
                            Files.readString(log.resolveSibling(ERRORS)),
                            end(said.toString()),
                            end(Files.exists(log) ? Files.readString(log) : "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An application that cannot start tells its log why, and nobody else; a JVM says it where others write results.
     */
    private static String end(String said) {
        return said.substring(Math.max(0, said.length() - LAST_WORDS));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
