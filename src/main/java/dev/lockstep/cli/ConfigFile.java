package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file of profiles, {@code ~/.config/lockstep/config.yaml}; only its owner may read it. */
final class ConfigFile {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final String CURRENT = "current";
    private static final String PROFILES = "profiles";
    private static final String FIRST = "default";

    static final String PASSWORD = "password";
    static final String TOKEN = "token";

    private final Path file;
    private final SortedMap<String, Profile> profiles = new TreeMap<>();
    private @Nullable String current;

    private ConfigFile(Path file) {
        this.file = file;
    }

    static ConfigFile load(Terminal terminal) {
        ConfigFile config = new ConfigFile(place(terminal));
        if (Files.exists(config.file)) {
            config.read();
        }
        return config;
    }

    private static Path place(Terminal terminal) {
        String named = terminal.variable("LOCKSTEP_CONFIG");
        if (named != null) {
            return Path.of(named);
        }
        String folder = terminal.variable("XDG_CONFIG_HOME");
        Path base = folder != null
                ? Path.of(folder)
                : Path.of(Objects.requireNonNullElse(terminal.variable("HOME"), System.getProperty("user.home")))
                        .resolve(".config");
        return base.resolve("lockstep").resolve("config.yaml");
    }

    private void read() {
        try {
            if (!PrivateFiles.ownersOnly(file)) {
                throw CliException.usage("Others may read or write " + file + "; chmod 600 it.");
            }
            JsonNode root = Json.readYaml(Files.readString(file));
            known("", root, Set.of(CURRENT, PROFILES));
            current = Json.text(root, CURRENT);
            root.path(PROFILES).properties().forEach(entry -> {
                known(PROFILES + "." + entry.getKey() + ".", entry.getValue(), Set.copyOf(Profile.FIELDS));
                profiles.put(entry.getKey(), Profile.of(entry.getValue()));
            });
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 1
                    : malformed.getLocation().getLineNr();
            throw CliException.usage(
                    file + ":" + line + " is no YAML; correct it, or remove the file and log in anew.");
        } catch (IOException unreadable) {
            throw CliException.usage(file + " cannot be read; check its permissions.");
        }
    }

    private void known(String where, JsonNode node, Set<String> fields) {
        if (!node.isObject()) {
            throw CliException.usage(file + ": " + (where.isEmpty() ? "the file" : where) + " has to hold fields.");
        }
        List<String> unknown = Json.fieldNames(node).stream()
                .filter(field -> !fields.contains(field))
                .toList();
        if (!unknown.isEmpty()) {
            throw CliException.usage(file + ": there is no field " + where + unknown.get(0) + "; known are "
                    + String.join(", ", fields.stream().sorted().toList()) + ".");
        }
    }

    Path file() {
        return file;
    }

    /** Where a password or token of a profile is kept. */
    Path secret(String profile, String kind) {
        return file.toAbsolutePath().resolveSibling(checked(profile) + "." + kind);
    }

    /** Where one is kept until the server has accepted it, so that a wrong one never takes the place of a right one. */
    Path fresh(String profile, String kind) {
        return secret(profile, kind + ".new");
    }

    /** Keeps for good what a profile has kept until now. */
    Profile settled(String name, Profile profile) {
        try {
            if (fresh(name, PASSWORD).toString().equals(profile.passwordFile())) {
                return profile.withPassword(settle(name, PASSWORD));
            }
            return fresh(name, TOKEN).toString().equals(profile.tokenFile())
                    ? profile.withToken(settle(name, TOKEN))
                    : profile;
        } catch (IOException e) {
            throw CliException.usage("The login cannot be kept beside " + file + "; check the permissions.");
        }
    }

    private String settle(String name, String kind) throws IOException {
        return Files.move(fresh(name, kind), secret(name, kind), StandardCopyOption.REPLACE_EXISTING)
                .toString();
    }

    /** Forgets what was not accepted. */
    void discard(String name) {
        try {
            Files.deleteIfExists(fresh(name, PASSWORD));
            Files.deleteIfExists(fresh(name, TOKEN));
        } catch (IOException left) {
            throw CliException.usage("What was not accepted cannot be deleted beside " + file + ".");
        }
    }

    SortedMap<String, Profile> profiles() {
        return profiles;
    }

    /** The name of the profile that is used when none is asked for. */
    String current() {
        return current == null ? FIRST : current;
    }

    /** The profile of a name, or the current one; an unknown one is refused unless it is to be made. */
    Profile profile(@Nullable String name) {
        String wanted = name == null ? current() : name;
        Profile found = profiles.get(wanted);
        if (found == null && (name != null || current != null)) {
            throw CliException.usage("There is no profile " + wanted + " in " + file + "; there "
                    + (profiles.isEmpty() ? "is none" : "are " + String.join(", ", profiles.keySet()))
                    + ". Make one with: lockstep login --profile " + wanted);
        }
        return found == null ? Profile.NONE : found;
    }

    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CliException.usage(
                    "The name of a profile has letters, digits, '-', '_' and '.', at most 64 characters.");
        }
        return name;
    }

    void put(String name, Profile profile) {
        profiles.put(checked(name), profile);
        if (current == null) {
            current = name;
        }
    }

    void use(String name) {
        profile(name);
        current = name;
    }

    void remove(String name) {
        profile(name);
        profiles.remove(name);
        if (name.equals(current)) {
            current = null;
        }
    }

    void save() {
        ObjectNode root = Json.object();
        Json.put(root, CURRENT, current);
        ObjectNode all = root.putObject(PROFILES);
        profiles.forEach((name, profile) -> all.set(name, profile.toJson()));
        try {
            PrivateFiles.replace(file, Json.yaml(root).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.usage(file + " cannot be written; check its permissions.");
        }
    }
}
