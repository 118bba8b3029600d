package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a profile, and tries it. */
@Command(
        name = "login",
        description = {
            "Keep how a server is reached and who asks, as a profile, and try it.",
            "With --issuer the login is confirmed in a browser, on this device or any other."
        })
final class LoginCommand implements Callable<Integer> {

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "OpenID provider to log in at; it has to offer the device grant of RFC 8628.")
    @Nullable
    String issuer;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            defaultValue = "lockstep-cli",
            description = "Under which the issuer knows the command line (default: ${DEFAULT-VALUE}).")
    String clientId = "lockstep-cli";

    @Option(
            names = "--scope",
            paramLabel = "WORDS",
            defaultValue = "openid offline_access",
            description = "What is asked for (default: ${DEFAULT-VALUE}).")
    String scope = "openid offline_access";

    private final Lockstep lockstep;

    LoginCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Terminal terminal = lockstep.terminal();
        ConfigFile config = ConfigFile.load(terminal);
        String named = lockstep.profile != null ? lockstep.profile : terminal.variable("LOCKSTEP_PROFILE");
        String name = ConfigFile.checked(named != null ? named : config.current());
        Profile before = config.profiles().getOrDefault(name, Profile.NONE);
        Profile wanted = before.overriddenBy(lockstep.given());
        if (wanted.server() == null) {
            throw CliException.usage("Say which server: lockstep login --server URL");
        }
        Profile profile = issuer != null ? device(config, name, wanted, issuer) : known(config, name, wanted);
        boolean accepted;
        try {
            accepted = accepted(profile);
        } catch (CliException refused) {
            config.discard(name);
            throw refused;
        }
        config.put(name, config.settled(name, profile));
        config.use(name);
        config.save();
        terminal.note((accepted ? "Logged in at " : "Kept how to log in at ") + profile.server() + "; profile " + name
                + " in " + config.file() + ".");
        return 0;
    }

    private Profile device(ConfigFile config, String name, Profile wanted, String from) {
        HttpClient http = Https.client(lockstep.terminal(), wanted.proxy(), wanted.caFile());
        ObjectNode tokens =
                new DeviceLogin(new OidcClient(http), lockstep.terminal(), Sleep::of).run(from, clientId, scope);
        Path file = config.fresh(name, ConfigFile.TOKEN);
        OidcTokens.save(file, tokens);
        return new Profile(
                wanted.server(),
                null,
                null,
                file.toString(),
                wanted.caFile(),
                wanted.proxy(),
                wanted.allowHttp(),
                wanted.output());
    }

    private Profile known(ConfigFile config, String name, Profile wanted) {
        if (wanted.tokenFile() != null) {
            if (wanted.tokenFile().equals(Secret.STANDARD_INPUT)) {
                try (Secret token = Secret.read(Secret.STANDARD_INPUT, lockstep.terminal())) {
                    return wanted.withToken(kept(config.fresh(name, ConfigFile.TOKEN), token));
                }
            }
            return wanted.withToken(absolute(wanted.tokenFile()));
        }
        if (wanted.user() == null) {
            throw CliException.usage("Say who: --user NAME, --token-file FILE, or --issuer URL.");
        }
        String file = wanted.passwordFile();
        if (file != null && !file.equals(Secret.STANDARD_INPUT)) {
            return wanted.withPassword(absolute(file));
        }
        try (Secret password = file != null ? Secret.read(file, lockstep.terminal()) : prompted(wanted.user())) {
            return wanted.withPassword(kept(config.fresh(name, ConfigFile.PASSWORD), password));
        }
    }

    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().normalize().toString();
    }

    @SuppressWarnings("SystemConsoleNull") // true up to Java 21; later ones have a console without a terminal, too
    private static Secret prompted(String user) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null || typed.length == 0) {
            throw CliException.usage("The password is needed: --password-file FILE, or - there for standard input.");
        }
        return Secret.of(new String(typed));
    }

    private static String kept(Path file, Secret secret) {
        return secret.expose(text -> {
            try {
                PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
                return file.toString();
            } catch (IOException e) {
                throw CliException.usage("The file " + file + " cannot be written; check its permissions.");
            }
        });
    }

    /** A wrong password is refused; a token may be for a server that takes none yet. */
    private boolean accepted(Profile profile) {
        try {
            Connections.api(lockstep.terminal(), profile).get("/credentials?size=1");
            return true;
        } catch (CliException refused) {
            if (profile.tokenFile() == null || refused.code() != ExitCode.REFUSED) {
                throw refused;
            }
            lockstep.terminal()
                    .note("The server at " + URI.create(String.valueOf(profile.server()))
                            + " does not accept the token (yet).");
            return false;
        }
    }
}
