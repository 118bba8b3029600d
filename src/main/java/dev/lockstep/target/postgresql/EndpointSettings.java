package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checked settings of one server; {@link PostgresqlTargetAdapter} explains each.
 *
 * @param name the target's name in the configuration
 * @param password a reference, not the value
 */
record EndpointSettings(
        String name,
        String host,
        int port,
        String database,
        String admin,
        String password,
        String sslmode,
        Optional<Path> sslrootcert,
        Duration connectTimeout,
        Duration callTimeout) {

    static final List<String> KNOWN = List.of(
            "host",
            "port",
            "database",
            "admin",
            "password",
            "sslmode",
            "sslrootcert",
            "connect-timeout",
            "call-timeout");
    private static final List<String> SSL_MODES = List.of("disable", "prefer", "require", "verify-ca", "verify-full");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    static EndpointSettings of(Endpoint endpoint) {
        Map<String, String> settings = endpoint.settings();
        settings.keySet().stream().filter(key -> !KNOWN.contains(key)).sorted().forEach(key -> {
            throw new InvalidInput(key, "a postgresql target has no such setting; it has " + String.join(", ", KNOWN));
        });
        HostName host = HostName.of(required(settings, "host"));
        return new EndpointSettings(
                endpoint.name(),
                host.value(),
                port(settings.getOrDefault("port", "5432")),
                name("database", settings.getOrDefault("database", "postgres")),
                name("admin", required(settings, "admin")),
                required(settings, "password"),
                sslmode(settings.getOrDefault("sslmode", host.isLoopback() ? "prefer" : "verify-full")),
                Optional.ofNullable(settings.get("sslrootcert")).map(EndpointSettings::readable),
                duration("connect-timeout", settings.getOrDefault("connect-timeout", "PT3S")),
                duration("call-timeout", settings.getOrDefault("call-timeout", "PT5S")));
    }

    /** The time that one call may take in all. */
    Duration budget() {
        return connectTimeout.plus(callTimeout);
    }

    private static String required(Map<String, String> settings, String field) {
        String value = settings.getOrDefault(field, "");
        if (value.isBlank()) {
            throw new InvalidInput(field, "a postgresql target needs " + field);
        }
        return value;
    }

    private static String name(String field, String value) {
        if (!Quoting.isName(value)) {
            throw new InvalidInput(field, field + " is a PostgreSQL name of 1 to 63 bytes without NUL");
        }
        return value;
    }

    private static int port(String value) {
        if (value.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw new InvalidInput("port", "port is a number from 1 to 65535");
    }

    private static String sslmode(String value) {
        if (!SSL_MODES.contains(value)) {
            throw new InvalidInput("sslmode", "sslmode is one of " + String.join(", ", SSL_MODES));
        }
        return value;
    }

    private static Path readable(String value) {
        try {
            Path file = Path.of(value);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new InvalidInput("sslrootcert", "sslrootcert is the path of a file with certificates");
        }
        throw new InvalidInput("sslrootcert", "sslrootcert names no readable file");
    }

    private static Duration duration(String field, String value) {
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new InvalidInput(field, field + " is an ISO 8601 duration, for example PT3S");
        }
        throw new InvalidInput(field, field + " is from PT0.1S to PT1M");
    }

    /** Without the password setting, which may hold a value instead of a reference. */
    @Override
    public String toString() {
        return "target " + name + " (" + host + ':' + port + ')';
    }
}
