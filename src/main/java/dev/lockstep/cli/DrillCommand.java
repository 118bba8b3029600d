package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rehearses leaks and faults. */
@Command(
        name = "drill",
        description = "Rehearse a leak or a fault with a sandbox credential, and read the report.",
        synopsisSubcommandLabel = "COMMAND")
final class DrillCommand {

    private static final Column[] LIST = {
        name("id", "/id"),
        name("credential", "/credential"),
        text("scenario", "/scenario"),
        state("state", "/state"),
        state("result", "/result"),
        text("detect s", "/secondsToDetect"),
        text("contain s", "/secondsToContain"),
        text("recover s", "/secondsToRecover"),
        text("requested by", "/requestedBy")
    };

    private static final Column[] FACTS = {
        name("drill", "/id"),
        name("credential", "/credential"),
        text("scenario", "/scenario"),
        state("state", "/state"),
        state("result", "/result"),
        text("seconds to detect", "/secondsToDetect"),
        text("seconds to contain", "/secondsToContain"),
        text("seconds to recover", "/secondsToRecover"),
        name("operation", "/operation"),
        name("incident", "/incident"),
        text("requested by", "/requestedBy"),
        text("reason", "/reason"),
        text("story", "/story"),
        text("findings", "/findings"),
        text("follow-up", "/followUp"),
        text("debriefed by", "/debriefedBy"),
        text("page", "/page")
    };

    private static final Column[] TIMELINE = {moment("when", "/at"), text("what", "/what")};

    private final Lockstep lockstep;

    DrillCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List drills, newest first.")
    int list() {
        lockstep.list(lockstep.api().get("/drills"), LIST);
        return 0;
    }

    @Command(name = "show", description = "Show the report of a drill.")
    int show(@Parameters(paramLabel = "DRILL", description = "drill-7 or 7") String id) {
        return shown(lockstep.api().get("/drills/" + Addresses.segment(id)));
    }

    @Command(
            name = "begin",
            description = {
                "Begin a drill; only with a credential that has the label sandbox: \"true\".",
                "With --wait it ends with 1 when the drill fails."
            })
    int begin(
            @Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Option(
                            names = "--scenario",
                            required = true,
                            paramLabel = "WORD",
                            description = "leak, dead-target, dead-store, refused-password or lost-node")
                    String scenario,
            @Option(
                            names = {"-r", "--reason"},
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why, for the record.")
                    String reason,
            @Option(
                            names = {"-w", "--wait"},
                            description = "Wait until its result is known.")
                    boolean wait,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            description = "How long to wait at most (default: ${DEFAULT-VALUE}).")
                    String timeout) {
        Duration patience = Text.duration("--timeout", timeout);
        JsonNode begun = lockstep.api()
                .post(
                        Addresses.credential(name) + "/drills",
                        Json.object().put("scenario", scenario).put("reason", reason));
        return wait ? follow(begun, patience) : shown(begun);
    }

    private int follow(JsonNode begun, Duration patience) {
        String id = begun.path("id").asText();
        String path = "/drills/" + id;
        JsonNode end = new Follow(lockstep.terminal())
                .until(
                        id,
                        patience,
                        () -> lockstep.api().get(path),
                        now -> now.hasNonNull("result"),
                        DrillCommand::tell);
        shown(end);
        if (end.path("result").asText().equals("passed")) {
            return 0;
        }
        throw new CliException(
                ExitCode.FAILED, id + " ended as " + end.path("result").asText() + ".");
    }

    private static void tell(JsonNode now, Follow follow) {
        for (JsonNode event : now.path("timeline")) {
            String what = event.path("what").asText();
            follow.say(what, what);
        }
    }

    @Command(name = "cancel", description = "Call a drill off; its fault ends at once.")
    int cancel(@Parameters(paramLabel = "DRILL", description = "drill-7 or 7") String id) {
        return shown(lockstep.api().post("/drills/" + Addresses.segment(id) + "/cancel"));
    }

    private int shown(JsonNode drill) {
        lockstep.show(drill, page -> page.facts(drill, FACTS).section("timeline", drill.path("timeline"), TIMELINE));
        return 0;
    }
}
