package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A token that the server gives to somebody with a second factor, instead of the password with each request. */
final class PersonalToken {

    private static final String PREFIX = "lockstep_pt_";

    private final Terminal terminal;

    PersonalToken(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Asks the server for one; {@code code} is null for who has no second factor. */
    Secret get(Profile profile, String user, Secret password, @Nullable Secret code) {
        ObjectNode asked = Json.object();
        asked.put("user", user);
        password.expose(text -> asked.put("password", text));
        if (code != null) {
            code.expose(text -> asked.put("code", text));
        }
        String token = Json.text(Connections.anonymous(terminal, profile).post("/login", asked), "token");
        if (token == null) {
            throw new CliException(ExitCode.BROKEN, "The server gives no token; it may be older than this command.");
        }
        return Secret.of(token);
    }

    /**
     * Takes back the one that a profile has kept, on every node of the server; says so when that cannot be done now.
     */
    void takeBack(Profile profile, Path file) {
        try {
            if (!Files.exists(file) || !Files.readString(file).startsWith(PREFIX)) {
                return;
            }
            Api api = Connections.api(terminal, profile.withToken(file.toString()));
            for (JsonNode session : api.get("/me/sessions")) {
                if (session.path("present").asBoolean()) {
                    api.delete("/me/sessions/" + session.path("id").asText());
                }
            }
        } catch (CliException | IOException left) {
            terminal.note(
                    "The token could not be taken back at the server; it ends there by itself when it is not used. "
                            + left.getMessage());
        }
    }
}
