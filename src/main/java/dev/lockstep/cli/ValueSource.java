package dev.lockstep.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where values are read, and how to log in there. */
final class ValueSource {

    @Option(
            names = "--vault-address",
            paramLabel = "URL",
            description = "Where values are read; else VAULT_ADDR, else the server.")
    @Nullable
    String address;

    @Option(
            names = "--role",
            paramLabel = "NAME",
            description = "Log in there with this role_id, and out again; needs --secret-id-file.")
    @Nullable
    String role;

    @Option(
            names = "--secret-id-file",
            paramLabel = "FILE",
            description = "File with the secret_id of the role, - for standard input.")
    @Nullable
    String secretIdFile;

    @Option(
            names = "--vault-token-file",
            paramLabel = "FILE",
            description = "Without a role: file with the token for it, - for standard input; else ~/.vault-token.")
    @Nullable
    String tokenFile;

    @Option(names = "--vault-namespace", paramLabel = "NAME", description = "Namespace there; else VAULT_NAMESPACE.")
    @Nullable
    String namespace;

    @Option(
            names = "--mount",
            paramLabel = "PATH",
            defaultValue = "secret",
            description = "Where the KV store is mounted (default: ${DEFAULT-VALUE}).")
    String mount = "secret";

    /** Logs in, reads, and logs out when it has logged in. */
    <T> T read(Lockstep lockstep, Function<KvStore, T> reading) {
        if ((role == null) != (secretIdFile == null)) {
            throw CliException.usage("--role and --secret-id-file belong together.");
        }
        if (!mount.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")) {
            throw CliException.usage("--mount is a path like secret or team/kv.");
        }
        Terminal terminal = lockstep.terminal();
        URI uri = uri(lockstep);
        Profile profile = lockstep.chosen();
        HttpClient http = Https.client(terminal, profile.proxy(), profile.caFile());
        String there = namespace != null ? namespace : terminal.variable("VAULT_NAMESPACE");
        if (role == null) {
            try (Secret token = token(terminal)) {
                return reading.apply(new KvStore(uri, mount, there, http, token));
            }
        }
        AppRole login = new AppRole(uri, there, http);
        try (Secret secretId = Secret.read(String.valueOf(secretIdFile), terminal);
                Secret token = login.logIn(role, secretId)) {
            try {
                return reading.apply(new KvStore(uri, mount, there, http, token));
            } finally {
                login.logOut(token);
            }
        }
    }

    private URI uri(Lockstep lockstep) {
        String named = address != null ? address : lockstep.terminal().variable("VAULT_ADDR");
        String given = named != null ? named : lockstep.chosen().server();
        if (given == null) {
            throw CliException.usage("It is not known where values are read: --vault-address URL.");
        }
        URI uri = Addresses.parse("vault-address", given);
        if (Addresses.readableOnTheWay(uri) && !lockstep.chosen().allowHttp()) {
            throw CliException.usage("The address " + uri + " is not https, so values could be read on the way;"
                    + " --allow-http reads them all the same.");
        }
        return uri;
    }

    private Secret token(Terminal terminal) {
        if (tokenFile != null) {
            return Secret.read(tokenFile, terminal);
        }
        String home = terminal.variable("HOME");
        Path usual =
                Path.of(home == null ? System.getProperty("user.home") : home).resolve(".vault-token");
        if (!Files.exists(usual)) {
            throw CliException.usage(
                    "A login for reading is needed: --role NAME --secret-id-file FILE, or --vault-token-file FILE.");
        }
        return Secret.read(usual.toString(), terminal);
    }
}
