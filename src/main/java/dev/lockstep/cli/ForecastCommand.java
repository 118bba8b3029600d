package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what will rotate when. */
@Command(
        name = "forecast",
        description = {
            "Say what will rotate when, with windows, blackouts and the limits of targets, and what will get too old.",
            "What people ask for, failures and emergencies cannot be foreseen."
        })
final class ForecastCommand implements Callable<Integer> {

    private static final Column[] FACTS = {
        moment("from", "/from"),
        moment("until", "/until"),
        text("covers all of it", "/whole"),
        text("rotations", "/rotations"),
        text("too late", "/late"),
        text("targets left out", "/targetsLeftOut")
    };

    private static final Column[] TARGETS = {
        name("target", "/target"),
        text("rotations", "/rotations"),
        text("too late", "/late"),
        moment("busiest", "/busiest/at"),
        text("rotations then", "/busiest/rotations")
    };

    private static final Column[] ROTATIONS = {
        moment("at", "/at"),
        name("credential", "/credential"),
        name("target", "/target"),
        text("policy", "/policy"),
        moment("too old at", "/rotateBy")
    };

    @Option(
            names = "--days",
            paramLabel = "NUMBER",
            defaultValue = "90",
            description = "How far to look, 1 to 366 (default: ${DEFAULT-VALUE}).")
    String days = "90";

    @Option(
            names = "--by",
            paramLabel = "SLOT",
            defaultValue = "hour",
            description = "Count by hour or day (default: ${DEFAULT-VALUE}).")
    String by = "hour";

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "How many rotations are told one by one, 0 to 1000 (default: ${DEFAULT-VALUE}).")
    String limit = "20";

    @Option(names = "--target", paramLabel = "NAME", description = "Only at this target.")
    @Nullable
    String target;

    @Option(names = "--owner", paramLabel = "NAME", description = "Only of this owner.")
    @Nullable
    String owner;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only in this environment.")
    @Nullable
    String environment;

    @Option(names = "--policy", paramLabel = "NAME", description = "Only with this policy.")
    @Nullable
    String policy;

    @Option(names = "--expect-in-time", description = "End with 1 when a secret would pass its maximum age.")
    boolean expectInTime;

    private final Lockstep lockstep;

    ForecastCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable String> wanted = new TreeMap<>();
        wanted.put("days", days);
        wanted.put("by", by);
        wanted.put("limit", limit);
        wanted.put("target", target);
        wanted.put("owner", owner);
        wanted.put("environment", environment);
        wanted.put("policy", policy);
        JsonNode forecast = lockstep.api().get("/forecast?" + Query.of(wanted));
        lockstep.show(
                forecast,
                page -> page.facts(forecast, FACTS)
                        .section("targets", forecast.path("targets"), TARGETS)
                        .section("next", forecast.path("next"), ROTATIONS)
                        .section("too late for their maximum age", forecast.path("missed"), ROTATIONS));
        long late = forecast.path("late").asLong();
        if (expectInTime && late > 0) {
            throw new CliException(
                    ExitCode.FAILED, "A secret would pass the maximum age of its policy, " + late + " times in all.");
        }
        return 0;
    }
}
