package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts at targets that no credential has. */
@Command(
        name = "unmanaged",
        description = "Accounts at targets that nobody manages: list, ignore, adopt.",
        synopsisSubcommandLabel = "COMMAND")
final class UnmanagedCommand {

    private static final Column[] LIST = {
        Column.name("target", "/target"),
        Column.name("account", "/principal"),
        Column.moment("first seen", "/firstSeen"),
        Column.moment("last login", "/lastLogin"),
        Column.text("ignored by", "/ignored/by"),
        Column.text("reason", "/ignored/reason")
    };

    private final Lockstep lockstep;

    UnmanagedCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List them, those that nobody has decided about first.")
    int list() {
        lockstep.list(lockstep.api().get("/unmanaged-accounts"), LIST);
        return 0;
    }

    @Command(name = "ignore", description = "Say that an account is meant to be as it is.")
    int ignore(
            @Parameters(index = "0", paramLabel = "TARGET", description = "Name of the target.") String target,
            @Parameters(index = "1", paramLabel = "ACCOUNT", description = "The account there.") String principal,
            @Option(
                            names = {"-r", "--reason"},
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why, for the record.")
                    String reason) {
        return decided("/ignore", account(target, principal).put("reason", reason));
    }

    @Command(name = "heed", description = "Take back that an account is meant to be as it is.")
    int heed(
            @Parameters(index = "0", paramLabel = "TARGET", description = "Name of the target.") String target,
            @Parameters(index = "1", paramLabel = "ACCOUNT", description = "The account there.") String principal) {
        return decided("/heed", account(target, principal));
    }

    private int decided(String how, ObjectNode request) {
        JsonNode answer = lockstep.api().post("/unmanaged-accounts" + how, request);
        lockstep.show(answer, page -> page.facts(answer, LIST));
        return 0;
    }

    @Command(
            name = "adopt",
            description = "Write the definition by which an account becomes a credential, as YAML; changes nothing.")
    int adopt(
            @Parameters(index = "0", paramLabel = "TARGET", description = "Name of the target.") String target,
            @Parameters(index = "1", paramLabel = "ACCOUNT", description = "The account there.") String principal,
            @Option(names = "--name", required = true, paramLabel = "CREDENTIAL", description = "env/team/system/what")
                    String name,
            @Option(names = "--owner", required = true, paramLabel = "GROUP", description = "Who answers for it.")
                    String owner,
            @Option(names = "--store", required = true, paramLabel = "NAME", description = "Where it is read.")
                    String store,
            @Option(names = "--policy", required = true, paramLabel = "NAME", description = "How it is rotated.")
                    String policy,
            @Option(names = "--kind", paramLabel = "KIND", description = "database-user when left out") @Nullable
                    String kind,
            @Option(
                            names = "--initial",
                            paramLabel = "REFERENCE",
                            description =
                                    "Where the value in use is, like $${env:NAME} or $${file:PATH}; never the value.")
                    @Nullable
                    String initial) {
        ObjectNode wish = account(target, principal)
                .put("name", name)
                .put("owner", owner)
                .put("store", store)
                .put("policy", policy);
        Json.put(wish, "kind", kind);
        Json.put(wish, "initial", initial);
        JsonNode answer = lockstep.api().post("/unmanaged-accounts/adopt", wish);
        lockstep.show(
                answer, page -> page.line(answer.path("definition").asText().strip()));
        return 0;
    }

    private static ObjectNode account(String target, String principal) {
        return Json.object().put("target", target).put("principal", principal);
    }
}
