package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at operations, and at what can be asked of one. */
@Command(
        name = "operations",
        description = "List, show and follow operations; take a request back, put one back to work.",
        synopsisSubcommandLabel = "COMMAND")
final class OperationsCommand {

    private final Lockstep lockstep;

    OperationsCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List the operations that are under way, oldest first.")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "100",
                            description = "1 to 1000 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        lockstep.list(lockstep.api().get("/operations?limit=" + limit), Operations.LIST);
        return 0;
    }

    @Command(name = "show", description = "Show an operation with its attempts.")
    int show(@Parameters(paramLabel = "OPERATION", description = "op-17 or 17") String id) {
        JsonNode found = lockstep.api().get("/operations/" + Addresses.segment(id));
        lockstep.show(found, page -> Operations.page(found, page));
        return 0;
    }

    @Command(
            name = "follow",
            description = {
                "Tell what happens to an operation until it is over.",
                "Ends with 1 when it ends otherwise than somebody wanted."
            })
    int follow(
            @Parameters(paramLabel = "OPERATION", description = "op-17 or 17") String id,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            description = "How long to wait at most (default: ${DEFAULT-VALUE}).")
                    String timeout) {
        return new Operations(lockstep).follow(id, Text.duration("--timeout", timeout), Operations.GOOD);
    }

    @Command(name = "roll-back", description = "Go back to the previous version, as long as that was not retired.")
    int rollBack(@Parameters(paramLabel = "OPERATION", description = "op-17 or 17") String id) {
        return ask(id, "roll-back");
    }

    @Command(
            name = "resume",
            description = "Put a quarantined operation back to work, after the cause was found and removed.")
    int resume(@Parameters(paramLabel = "OPERATION", description = "op-17 or 17") String id) {
        return ask(id, "resume");
    }

    @Command(
            name = "cancel",
            description = "Take a request back: an issuance before its approval, a decommission before the removal.")
    int cancel(@Parameters(paramLabel = "OPERATION", description = "op-17 or 17") String id) {
        return ask(id, "cancel");
    }

    private int ask(String id, String what) {
        JsonNode now = lockstep.api().post("/operations/" + Addresses.segment(id) + "/" + what);
        lockstep.show(now, page -> Operations.page(now, page));
        return 0;
    }
}
