package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may log in. */
@Command(
        name = "users",
        description = "List, add and change users; needs the role administrator.",
        synopsisSubcommandLabel = "COMMAND")
final class UsersCommand {

    private static final Column[] LIST = {
        Column.name("id", "/id"),
        Column.text("name", "/displayName"),
        Column.text("roles", "/roles"),
        Column.state("enabled", "/enabled"),
        Column.text("one-time password", "/mustReplacePassword"),
        Column.moment("locked until", "/lockedUntil")
    };

    private final Lockstep lockstep;

    UsersCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List users.")
    int list() {
        lockstep.list(lockstep.api().get("/users"), LIST);
        return 0;
    }

    @Command(name = "show", description = "Show a user.")
    int show(@Parameters(paramLabel = "ID", description = "The user's id.") String id) {
        return shown(lockstep.api().get(path(id)));
    }

    @Command(
            name = "add",
            description = "Add a user; the generated one-time password is shown once, or goes into a file.")
    int add(
            @Parameters(paramLabel = "ID", description = "1 to 64 lower-case letters, digits, '.', '_' and '-'.")
                    String id,
            @Option(names = "--name", required = true, paramLabel = "TEXT", description = "Name for people.")
                    String displayName,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "viewer, operator, approver, security, auditor, designer or administrator;"
                                    + " also like approver@prod; can be repeated.")
                    @Nullable
                    List<String> roles,
            @Option(
                            names = "--write-to",
                            paramLabel = "FILE",
                            description = "Write the one-time password there, with mode 0600, and do not show it.")
                    @Nullable
                    String writeTo) {
        ObjectNode user = Json.object().put("id", id).put("displayName", displayName);
        Json.put(user, "roles", roles == null ? List.of() : roles);
        return fresh(lockstep.api().post("/users", user), writeTo);
    }

    @Command(name = "change", description = "Change what is given; new roles replace all former ones.")
    int change(
            @Parameters(paramLabel = "ID", description = "The user's id.") String id,
            @Option(names = "--name", paramLabel = "TEXT", description = "Name for people.") @Nullable
                    String displayName,
            @Option(names = "--role", paramLabel = "ROLE", description = "A role; can be repeated.") @Nullable
                    List<String> roles) {
        ObjectNode change = Json.object();
        Json.put(change, "displayName", displayName);
        Json.put(change, "roles", roles == null ? List.of() : roles);
        return shown(lockstep.api().patch(path(id), change));
    }

    @Command(
            name = "reset-password",
            description = "Generate a one-time password; it is shown once, or goes into a file.")
    int resetPassword(
            @Parameters(paramLabel = "ID", description = "The user's id.") String id,
            @Option(
                            names = "--write-to",
                            paramLabel = "FILE",
                            description = "Write the one-time password there, with mode 0600, and do not show it.")
                    @Nullable
                    String writeTo) {
        return fresh(lockstep.api().post(path(id) + "/password"), writeTo);
    }

    @Command(name = "disable", description = "Disable a user, and end the user's sessions.")
    int disable(@Parameters(paramLabel = "ID", description = "The user's id.") String id) {
        return shown(lockstep.api().post(path(id) + "/disable"));
    }

    @Command(name = "enable", description = "Enable a user again.")
    int enable(@Parameters(paramLabel = "ID", description = "The user's id.") String id) {
        return shown(lockstep.api().post(path(id) + "/enable"));
    }

    private int fresh(JsonNode answer, @Nullable String writeTo) {
        if (writeTo == null) {
            lockstep.show(
                    answer,
                    page -> page.facts(answer.path("user"), LIST)
                            .facts(answer, Column.name("password", "/oneTimePassword")));
            return 0;
        }
        try {
            byte[] password = answer.path("oneTimePassword").asText().getBytes(StandardCharsets.UTF_8);
            PrivateFiles.replace(Path.of(writeTo), password);
        } catch (IOException e) {
            throw CliException.usage("The user is changed, but the one-time password cannot be written to " + writeTo
                    + "; generate another one with: lockstep users reset-password");
        }
        return shown(answer.path("user"));
    }

    private int shown(JsonNode user) {
        lockstep.show(user, page -> page.facts(user, LIST));
        return 0;
    }

    private static String path(String id) {
        return "/users/" + Addresses.segment(id);
    }
}
