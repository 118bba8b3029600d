package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a profile, and tries it. */
@Command(
        name = "login",
        description = {
            "Keep how a server is reached and who asks, as a profile, and try it.",
            "Who has a second factor gives a code of it as well, and a token is kept instead of the password.",
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
            names = "--code-file",
            paramLabel = "FILE",
            description = {
                "File with a code of the second factor, or a recovery code; - for standard input, after the password",
                "if that comes from there too. Without it the code is asked for."
            })
    @Nullable
    String codeFile;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            defaultValue = "lockstep-cli",
            description = "Under which the issuer knows the command line (default: ${DEFAULT-VALUE}).")
    String clientId = "lockstep-cli";

    @Option(
            names = "--scope",
            paramLabel = "WORDS",
            defaultValue = "openid profile offline_access",
            description = "What is asked for (default: ${DEFAULT-VALUE}).")
    String scope = "openid profile offline_access";

    private final Lockstep lockstep;
    private @Nullable Secret code;

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
            if (codeFile != null) {
                profile = withToken(config, name, profile);
            }
            try {
                accepted = accepted(profile);
            } catch (FactorNeeded needed) {
                profile = withToken(config, name, profile);
                accepted = accepted(profile);
            }
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
        try (Secret password = file != null ? fromInput() : prompted("Password", wanted.user())) {
            return wanted.withPassword(kept(config.fresh(name, ConfigFile.PASSWORD), password));
        }
    }

    /** Password and code may come from standard input both, each on a line of its own. */
    private Secret fromInput() {
        Secret all = Secret.read(Secret.STANDARD_INPUT, lockstep.terminal());
        if (!Secret.STANDARD_INPUT.equals(codeFile)) {
            return all;
        }
        try (all) {
            String[] lines = all.expose(text -> text.split("\\r?\\n", 2));
            if (lines.length < 2) {
                throw CliException.usage(
                        "Standard input has the password on its first line and the code on its second.");
            }
            code = Secret.of(lines[1].strip());
            return Secret.of(lines[0]);
        }
    }

    /** The password is only needed for the moment: what is kept is the token. */
    private Profile withToken(ConfigFile config, String name, Profile profile) {
        if (profile.user() == null || profile.passwordFile() == null) {
            throw CliException.usage("A code of the second factor belongs to --user, and to no token.");
        }
        Path file = config.fresh(name, ConfigFile.TOKEN);
        try (Secret password = Secret.read(profile.passwordFile(), lockstep.terminal());
                Secret given = code(profile.user());
                Secret token = new PersonalToken(lockstep.terminal()).get(profile, profile.user(), password, given)) {
            Profile known = profile.withToken(kept(file, token));
            Files.deleteIfExists(config.fresh(name, ConfigFile.PASSWORD));
            Files.deleteIfExists(config.secret(name, ConfigFile.PASSWORD));
            return known;
        } catch (IOException e) {
            throw CliException.usage("The password that was kept beside " + file + " cannot be deleted.");
        }
    }

    private Secret code(String user) {
        Secret known = code;
        if (known != null) {
            return known;
        }
        return codeFile != null ? Secret.read(codeFile, lockstep.terminal()) : prompted("Code", user);
    }

    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().normalize().toString();
    }

    @SuppressWarnings("SystemConsoleNull") // true up to Java 21; later ones have a console without a terminal, too
    private static Secret prompted(String what, String user) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s of %s: ", what, user);
        if (typed == null || typed.length == 0) {
            throw CliException.usage("The " + what.toLowerCase(Locale.ROOT) + " is needed: --"
                    + what.toLowerCase(Locale.ROOT) + "-file FILE, or - there for standard input.");
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
