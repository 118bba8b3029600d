package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What configuration is in force. */
@Command(
        name = "configuration",
        description = "Tell which configuration is in force, and what was before; change it with: lockstep plan",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigurationCommand {

    private static final Column[] FACTS = {
        name("in force", "/inForce/id"),
        text("commit", "/inForce/commit"),
        text("origin", "/inForce/origin"),
        text("by", "/inForce/by"),
        moment("at", "/inForce/at"),
        text("a plan waits", "/pending"),
        text("note", "/note"),
        moment("wrong since", "/since")
    };

    private static final Column[] FLAWS = {
        text("file", "/file"),
        text("line", "/line"),
        text("column", "/column"),
        name("field", "/field"),
        text("problem", "/problem"),
        text("advice", "/advice")
    };

    private final Lockstep lockstep;

    ConfigurationCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "show", description = "Tell what is in force, and how the files of the server compare with it.")
    int show() {
        JsonNode state = lockstep.api().get("/configuration");
        lockstep.show(state, page -> page.facts(state, FACTS).section("problems", state.path("problems"), FLAWS));
        return 0;
    }

    @Command(name = "history", description = "List what was applied, newest first.")
    int history(
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "50",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit) {
        lockstep.list(lockstep.api().get("/configuration/history?most=" + limit), Plans.APPLIED);
        return 0;
    }
}
