package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at incidents. */
@Command(
        name = "incidents",
        description =
                "List, show and follow incidents, and import what scanners found; report one with: lockstep revoke",
        synopsisSubcommandLabel = "COMMAND")
final class IncidentsCommand {

    private final Lockstep lockstep;

    IncidentsCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List incidents, newest first.")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "50",
                            description = "1 to 500 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        lockstep.list(lockstep.api().get("/incidents?limit=" + limit), Incidents.LIST);
        return 0;
    }

    @Command(name = "show", description = "Show an incident with its timeline.")
    int show(@Parameters(paramLabel = "INCIDENT", description = "inc-4 or 4") String id) {
        JsonNode found = lockstep.api().get("/incidents/" + Addresses.segment(id));
        lockstep.show(found, page -> Incidents.page(found, page));
        return 0;
    }

    @Command(name = "follow", description = "Tell what happens in an incident until all its credentials are contained.")
    int follow(
            @Parameters(paramLabel = "INCIDENT", description = "inc-4 or 4") String id,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            description = "How long to wait at most (default: ${DEFAULT-VALUE}).")
                    String timeout) {
        return new Incidents(lockstep).follow(id, Text.duration("--timeout", timeout));
    }
}
