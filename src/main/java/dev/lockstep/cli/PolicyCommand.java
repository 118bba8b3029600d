package dev.lockstep.cli;

import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says which policy applies, and why. */
@Command(
        name = "policy",
        description = "Explain which policy applies to a credential, and why.",
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {

    private static final Column[] FACTS = {
        name("credential", "/credential"),
        name("policy", "/policy"),
        text("why", "/why"),
        text("file", "/at/file"),
        text("line", "/at/line")
    };

    private static final Column[] RULES = {
        name("policy", "/policy"),
        state("verdict", "/verdict"),
        text("why", "/why"),
        text("file", "/at/file"),
        text("line", "/at/line")
    };

    private static final Column[] SETTINGS = {
        name("field", "/field"), text("says", "/says"), text("file", "/at/file"), text("line", "/at/line")
    };

    private final Lockstep lockstep;

    PolicyCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(
            name = "explain",
            description = "Say which rule won and why, which lost, and where each effective field comes from.")
    int explain(@Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what") String name) {
        JsonNode found = lockstep.api().get(Addresses.credential(name) + "/policy");
        lockstep.show(
                found,
                page -> page.facts(found, FACTS)
                        .section("rules", found.path("candidates"), RULES)
                        .section("settings", found.path("settings"), SETTINGS));
        return 0;
    }
}
