package dev.lockstep.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of commands whose work goes on at the server. */
final class Waiting {

    @Option(
            names = {"-w", "--wait"},
            description = "Wait until it is over, and tell what happens on the way.")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long to wait at most, for example 90s, 10m or 2h (default: ${DEFAULT-VALUE}).")
    String timeout = "10m";

    Duration timeout() {
        return Text.duration("--timeout", timeout);
    }
}
