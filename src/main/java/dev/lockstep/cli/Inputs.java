package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command is given. */
final class Inputs {

    private Inputs() {}

    static byte[] bytes(String file, Terminal terminal) {
        try {
            return file.equals(Secret.STANDARD_INPUT)
                    ? terminal.in().readAllBytes()
                    : Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw CliException.usage("The file " + file + " cannot be read; check its path and permissions.");
        }
    }

    static String text(String file, Terminal terminal) {
        return new String(bytes(file, terminal), StandardCharsets.UTF_8);
    }

    /** YAML or JSON with fields. */
    static ObjectNode object(String file, Terminal terminal) {
        try {
            JsonNode read = Json.readYaml(text(file, terminal));
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw CliException.usage(file + " has to hold fields.");
        } catch (JsonProcessingException malformed) {
            var place = malformed.getLocation();
            throw CliException.usage(file + (place == null ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr())
                    + " is neither YAML nor JSON.");
        }
    }

    /** Writes a file that holds no secret. */
    static void write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException e) {
            throw CliException.usage("The file " + file + " cannot be written; check its path and permissions.");
        }
    }

    static String fileName(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }
}
