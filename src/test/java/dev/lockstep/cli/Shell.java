package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Somebody's shell: an environment, a home directory, and the commands that are typed into it. */
final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    private final Path home;
    private String input = "";
    private int columns;

    Shell(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
    }

    /** The shell of somebody who uses a server on this machine by user and password. */
    static Shell of(Path home, int port, String user, String password) {
        Shell shell = new Shell(home);
        return shell.set("LOCKSTEP_SERVER", "http://localhost:" + port)
                .set("LOCKSTEP_USER", user)
                .set("LOCKSTEP_PASSWORD_FILE", shell.secret(user, password).toString());
    }

    Shell set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell without(String variable) {
        environment.remove(variable);
        return this;
    }

    Shell input(String text) {
        input = text;
        return this;
    }

    Shell terminal(int width) {
        columns = width;
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    Path home() {
        return home;
    }

    /** A file that only its owner may read. */
    Path secret(String name, String value) {
        return file(name, value, "rw-------");
    }

    Path file(String name, String content, String mode) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
            Files.writeString(file, content);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The terminal of this shell. */
    Terminal terminal(StringWriter out, StringWriter err) {
        return Terminal.of(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                columns,
                environment,
                Clock.systemUTC());
    }

    /** Runs one command in this process. */
    Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = terminal(out, err);
        return new Run(Lockstep.run(terminal, arguments), out.toString(), err.toString());
    }

    /** What came of a command. */
    record Run(int code, String out, String err) {

        JsonNode json() {
            try {
                return Json.read(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + out + err, e);
            }
        }
    }
}
