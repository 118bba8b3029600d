package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into the inventory. */
@Command(
        name = "credentials",
        description = "List and show credentials; never their secrets.",
        synopsisSubcommandLabel = "COMMAND")
final class CredentialsCommand {

    private static final int PAGE = 500;

    private static final Column[] LIST = {
        name("name", "/name"),
        state("state", "/state"),
        text("owner", "/owner"),
        text("target", "/target"),
        text("policy", "/policy"),
        text("version", "/currentVersion"),
        moment("next rotation", "/nextRotationAt"),
        moment("last rotated", "/lastRotatedAt")
    };

    private static final Column[] FACTS = {
        name("credential", "/credential/name"),
        state("state", "/credential/state"),
        state("status", "/credential/status"),
        text("owner", "/credential/owner"),
        text("class", "/configured/kind"),
        text("target", "/credential/target"),
        text("accounts", "/configured/principals"),
        text("store", "/configured/store"),
        text("mirrors", "/configured/mirrors"),
        text("policy", "/credential/policy"),
        text("strategy", "/credential/strategy"),
        text("labels", "/configured/labels"),
        text("current version", "/currentVersion/version"),
        moment("current since", "/currentVersion/changedAt"),
        moment("next rotation", "/credential/nextRotationAt"),
        moment("expires", "/credential/expiresAt"),
        moment("last rotated", "/credential/lastRotatedAt"),
        state("last outcome", "/credential/lastOutcome"),
        text("last failure", "/credential/lastFailure/code"),
        name("under way", "/activeOperation/id"),
        text("waits for", "/activeOperation/waitsFor")
    };

    private static final Column[] CONSUMERS = {
        name("name", "/name"),
        text("uses version", "/version"),
        moment("seen", "/seenAt"),
        text("tries version", "/released"),
        text("labels", "/labels")
    };

    private static final Column[] VERSIONS = {
        text("version", "/version"),
        state("stage", "/stage"),
        text("account", "/principal"),
        name("operation", "/operation"),
        moment("created", "/createdAt"),
        moment("changed", "/changedAt")
    };

    private final Lockstep lockstep;

    CredentialsCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List credentials; filters narrow each other.")
    int list(
            @Option(names = "--environment", paramLabel = "NAME", description = "First segment of the name.") @Nullable
                    String environment,
            @Option(names = "--team", paramLabel = "NAME", description = "Second segment of the name.") @Nullable
                    String team,
            @Option(
                            names = "--status",
                            paramLabel = "WORD",
                            description = "requested, active, disabled, contained, decommissioned or unmanaged")
                    @Nullable
                    String status,
            @Option(
                            names = "--state",
                            paramLabel = "WORD",
                            description = "quarantined, waiting, contained, disabled, running, overdue, failed,"
                                    + " unmanaged, requested, decommissioned or ok")
                    @Nullable
                    String state,
            @Option(
                            names = {"-q", "--search"},
                            paramLabel = "TEXT",
                            description = "Text in name, owner, target, strategy or policy.")
                    @Nullable
                    String search,
            @Option(
                            names = "--sort",
                            paramLabel = "FIELD",
                            description = "name, owner, target, strategy, nextRotationAt, lastRotatedAt, lastOutcome,"
                                    + " status or state; with a leading - in reverse")
                    @Nullable
                    String sort,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "0",
                            description = "At most so many; all when left out.")
                    int limit) {
        Map<String, @Nullable String> wanted = new TreeMap<>();
        wanted.put("environment", environment);
        wanted.put("team", team);
        wanted.put("status", status);
        wanted.put("state", state);
        wanted.put("q", search);
        wanted.put("sort", sort);
        lockstep.list(all(Query.of(wanted), limit), LIST);
        return 0;
    }

    private ArrayNode all(String query, int limit) {
        ArrayNode items = Json.array();
        long total = 1;
        for (int page = 0; (long) page * PAGE < total; page++) {
            JsonNode part = lockstep.api()
                    .get("/credentials?size=" + PAGE + "&page=" + page + (query.isEmpty() ? "" : "&" + query));
            total = part.path("totalItems").asLong();
            for (JsonNode item : part.path("items")) {
                if (limit > 0 && items.size() == limit) {
                    lockstep.terminal().note("These are " + limit + " of " + total + ".");
                    return items;
                }
                items.add(item);
            }
        }
        return items;
    }

    @Command(name = "show", description = "Show a credential, its consumers and what is under way.")
    int show(@Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what") String name) {
        JsonNode found = lockstep.api().get(Addresses.credential(name));
        lockstep.show(found, page -> page.facts(found, FACTS).section("consumers", found.path("consumers"), CONSUMERS));
        return 0;
    }

    @Command(name = "versions", description = "List the versions of a credential, newest first; never their values.")
    int versions(@Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what") String name) {
        lockstep.list(lockstep.api().get(Addresses.credential(name) + "/versions"), VERSIONS);
        return 0;
    }

    @Command(name = "operations", description = "List the operations of a credential, newest first.")
    int operations(
            @Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "50",
                            description = "1 to 500 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        lockstep.list(
                lockstep.api().get(Addresses.credential(name) + "/operations?limit=" + limit), Operations.HISTORY);
        return 0;
    }
}
