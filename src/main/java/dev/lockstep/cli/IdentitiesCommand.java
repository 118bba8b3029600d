package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Programs that read secrets. */
@Command(
        name = "identities",
        description = "List programs that read secrets; issue and revoke what they log in with.",
        synopsisSubcommandLabel = "COMMAND")
final class IdentitiesCommand {

    private static final Column[] LIST = {
        Column.name("name", "/name"),
        Column.text("consumer", "/consumer"),
        Column.text("login", "/login"),
        Column.text("credentials", "/credentials")
    };

    private static final Column[] SECRETS = {
        Column.name("secret_id", "/accessor"),
        Column.text("issued by", "/issuedBy"),
        Column.moment("expires", "/expiresAt"),
        Column.moment("used", "/usedAt")
    };

    private static final Column[] ISSUED = {
        Column.name("role_id", "/roleId"), Column.text("accessor", "/accessor"), Column.moment("expires", "/expiresAt")
    };

    private final Lockstep lockstep;

    IdentitiesCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List identities.")
    int list() {
        lockstep.list(lockstep.api().get("/identities"), LIST);
        return 0;
    }

    @Command(name = "secrets", description = "List the secret_ids of an identity, without their values.")
    int secrets(@Parameters(paramLabel = "NAME", description = "The identity's name.") String name) {
        lockstep.list(lockstep.api().get(path(name)).path("secretIds"), SECRETS);
        return 0;
    }

    @Command(name = "issue", description = "Issue a secret_id; it is shown once, or goes into a file.")
    int issue(
            @Parameters(paramLabel = "NAME", description = "The identity's name.") String name,
            @Option(
                            names = "--life",
                            paramLabel = "DURATION",
                            description =
                                    "How long it is valid, for example P30D; what the identity says when left out.")
                    @Nullable
                    String life,
            @Option(
                            names = "--write-to",
                            paramLabel = "FILE",
                            description = "Write the secret_id there, with mode 0600, and do not show it.")
                    @Nullable
                    String writeTo) {
        ObjectNode wanted = Json.object();
        if (life != null) {
            wanted.put("life", life);
        }
        JsonNode issued = lockstep.api().post(path(name) + "/secret-ids", wanted);
        if (writeTo == null) {
            lockstep.show(
                    issued, page -> page.facts(issued, ISSUED).facts(issued, Column.name("secret_id", "/secretId")));
            return 0;
        }
        try {
            PrivateFiles.replace(
                    Path.of(writeTo), issued.path("secretId").asText().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.usage("The secret_id is issued, but cannot be written to " + writeTo
                    + "; revoke it with: lockstep identities revoke " + name + " "
                    + issued.path("accessor").asText());
        }
        ((ObjectNode) issued).remove("secretId");
        lockstep.show(issued, page -> page.facts(issued, ISSUED));
        return 0;
    }

    @Command(name = "revoke", description = "Revoke a secret_id, and the tokens that were logged in with it.")
    int revoke(
            @Parameters(index = "0", paramLabel = "NAME", description = "The identity's name.") String name,
            @Parameters(index = "1", paramLabel = "ACCESSOR", description = "As the list shows it.") String accessor) {
        lockstep.api().delete(path(name) + "/secret-ids/" + Addresses.segment(accessor));
        lockstep.terminal().note("Revoked.");
        return 0;
    }

    @Command(name = "log-out", description = "Revoke all tokens of an identity.")
    int logOut(@Parameters(paramLabel = "NAME", description = "The identity's name.") String name) {
        lockstep.api().delete(path(name) + "/tokens");
        lockstep.terminal().note("Revoked.");
        return 0;
    }

    private static String path(String name) {
        return "/identities/" + Addresses.segment(name);
    }
}
