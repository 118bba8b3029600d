package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Running instances that move to another version of their process. */
@Command(
        name = "migrate",
        description = "Move running instances to another version of their process: plan, then confirm.",
        synopsisSubcommandLabel = "COMMAND")
final class MigrationCommand {

    private static final Column[] LIST = {
        name("id", "/id"),
        name("process", "/process"),
        text("from", "/from"),
        text("to", "/to"),
        state("status", "/status"),
        text("instances", "/total"),
        text("moved", "/moved"),
        text("left", "/left"),
        text("planned by", "/plannedBy"),
        moment("planned", "/plannedAt"),
        moment("ended", "/endedAt"),
        text("would not fit", "/misfits"),
        text("problems", "/problems")
    };

    private final Lockstep lockstep;

    MigrationCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List the migrations of a process, newest first.")
    int list(@Parameters(paramLabel = "PROCESS", description = "For example rotation.") String process) {
        lockstep.list(lockstep.api().get(path(process)), LIST);
        return 0;
    }

    @Command(name = "show", description = "Show a migration and its progress.")
    int show(
            @Parameters(index = "0", paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Parameters(index = "1", paramLabel = "ID", description = "Number of the migration.") long id) {
        return shown(lockstep.api().get(path(process) + "/" + id));
    }

    @Command(
            name = "plan",
            description = "Try for each instance whether it fits, and tell what would not. Moves nothing.")
    int plan(
            @Parameters(paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Option(names = "--from", required = true, paramLabel = "TAG", description = "Version tag now.")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "TAG", description = "Version tag then.") String to,
            @Option(
                            names = "--map",
                            paramLabel = "OLD=NEW",
                            description = "An activity that is called otherwise in the new version; can be repeated.")
                    @Nullable
                    Map<String, String> mappings) {
        ObjectNode request = Json.object().put("from", from).put("to", to);
        Json.put(request, "mappings", mappings == null ? Map.of() : mappings);
        JsonNode plan = lockstep.api().post(path(process), request);
        shown(plan);
        if (lockstep.forPeople()) {
            lockstep.terminal()
                    .note("Do it with: lockstep process migrate confirm " + process + " "
                            + plan.path("id").asText());
        }
        return 0;
    }

    @Command(name = "confirm", description = "Move the instances; what does not fit goes on with its version.")
    int confirm(
            @Parameters(index = "0", paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Parameters(index = "1", paramLabel = "ID", description = "Number of the migration.") long id) {
        return shown(lockstep.api().post(path(process) + "/" + id + "/confirm"));
    }

    private int shown(JsonNode migration) {
        lockstep.show(migration, page -> page.facts(migration, LIST));
        return 0;
    }

    private static String path(String process) {
        return "/processes/" + Addresses.segment(process) + "/migrations";
    }
}
