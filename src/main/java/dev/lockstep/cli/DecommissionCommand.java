package dev.lockstep.cli;

import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for the end of one credential, or of many. */
@Command(
        name = "decommission",
        description = {
            "End the life of a credential: approval, quarantine, removal and proof follow by its policy.",
            "Without a credential: of all of an environment, or with certain labels."
        })
final class DecommissionCommand implements Callable<Integer> {

    private static final Column[] FACTS = {
        name("batch", "/id"),
        text("selection", "/selection"),
        text("all", "/progress/all"),
        text("under way", "/progress/underWay"),
        text("decommissioned", "/progress/decommissioned"),
        text("kept", "/progress/kept")
    };

    private static final Column[] SELECTED = {name("credential", "/credential"), text("left out", "/objection")};

    @Parameters(arity = "0..1", paramLabel = "CREDENTIAL", description = "env/team/system/what")
    @Nullable
    String name;

    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why, for the record; no secret.")
    String reason = "";

    @Option(names = "--environment", paramLabel = "NAME", description = "All credentials of an environment.")
    @Nullable
    String environment;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Only credentials with this label; can be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Only tell what it would take; with --environment or --label.")
    boolean dryRun;

    @Mixin
    final Waiting waiting = new Waiting();

    private final Lockstep lockstep;

    DecommissionCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        waiting.timeout();
        boolean many = environment != null || !labels.isEmpty();
        if (many == (name != null)) {
            throw CliException.usage("Name one credential, or choose many with --environment and --label.");
        }
        if (name != null && dryRun) {
            throw CliException.usage("--dry-run goes with --environment and --label.");
        }
        return name != null ? one(name) : batch();
    }

    private int one(String credential) {
        JsonNode operation = lockstep.api()
                .post(
                        Addresses.credential(credential) + "/decommission",
                        Json.object().put("reason", reason));
        return new Operations(lockstep).started(operation, waiting, Set.of("decommissioned"));
    }

    private int batch() {
        ObjectNode request = Json.object().put("reason", reason).put("dryRun", dryRun);
        Json.put(request, "environment", environment);
        Json.put(request, "labels", labels);
        JsonNode begun = lockstep.api().post("/decommissions", request);
        if (!waiting.wait || dryRun) {
            lockstep.show(begun, page -> page(begun, page));
            return 0;
        }
        String path = "/decommissions/" + begun.path("id").asText();
        JsonNode end = new Follow(lockstep.terminal())
                .until(
                        "Batch " + begun.path("id").asText(),
                        waiting.timeout(),
                        () -> lockstep.api().get(path),
                        now -> now.at("/progress/underWay").asLong() == 0,
                        (now, follow) -> follow.say(
                                now.path("progress").toString(),
                                now.at("/progress/underWay").asText() + " under way, "
                                        + now.at("/progress/decommissioned").asText() + " decommissioned"));
        lockstep.show(end, page -> page(end, page));
        if (end.at("/progress/kept").asLong() > 0) {
            throw new CliException(ExitCode.FAILED, "Not all of them were decommissioned.");
        }
        return 0;
    }

    private static void page(JsonNode batch, Page page) {
        page.facts(batch, FACTS)
                .section("credentials", batch.path("credentials"), SELECTED)
                .section("operations", batch.path("operations"), Operations.LIST);
    }
}
