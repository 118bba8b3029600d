package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Who reads and approves what. */
@Command(
        name = "access-review",
        description = "Tell who reads and approves what, and ask the owners whether it is right.",
        synopsisSubcommandLabel = "COMMAND")
final class AccessReviewCommand {

    private static final Column[] ACCESS = {
        name("credential", "/credential"),
        text("readers", "/readers/*/consumer"),
        text("approver group", "/approverGroup"),
        text("approvers", "/approvers"),
        moment("last rotated", "/lastRotatedAt")
    };

    private final Lockstep lockstep;

    AccessReviewCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "show", description = "Show the access as it is now, owner by owner.")
    int show() {
        JsonNode owners = lockstep.api().get("/access-reviews");
        lockstep.show(
                owners,
                page -> owners.forEach(owner -> page.section(
                        owner.path("owner").asText()
                                + (owner.path("beingAsked").asBoolean() ? " (is being asked)" : ""),
                        owner.path("credentials"),
                        ACCESS)));
        return 0;
    }

    @Command(name = "begin", description = "Ask all owners now; who is being asked already is not asked again.")
    int begin() {
        JsonNode begun = lockstep.api().post("/access-reviews");
        lockstep.show(begun, page -> page.facts(begun, text("asked", "/owners")));
        return 0;
    }
}
