package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code lockstep} itself: the options that all commands share, and what they work with. */
@Command(
        name = "lockstep",
        description = {"Moves credentials from one secret to the next, in lockstep with who uses them.", ""},
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions of all commands:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Secrets are taken from files and standard input only. Exit codes: 0 done, 1 the answer is no, 2 wrong"
                    + " usage or input, 3 refused, 4 not found, 5 conflict, 6 timed out, 7 unreachable, 8 defect."
        })
final class Lockstep {

    @Option(
            names = {"-s", "--server"},
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Address of the server; else LOCKSTEP_SERVER, else that of the profile.")
    @Nullable
    String server;

    @Option(
            names = {"-p", "--profile"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Profile to use; else LOCKSTEP_PROFILE, else the current one.")
    @Nullable
    String profile;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "USER",
            description = "Who asks, with --password-file; else LOCKSTEP_USER.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File with the password, - for standard input; else LOCKSTEP_PASSWORD_FILE.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File with a bearer token, - for standard input; else LOCKSTEP_TOKEN_FILE.")
    @Nullable
    String tokenFile;

    @Option(
            names = "--ca-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Certificates to trust instead of the platform's, in PEM form; else LOCKSTEP_CA_FILE.")
    @Nullable
    String caFile;

    @Option(
            names = "--proxy",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "HTTP proxy; else that of the profile, else https_proxy, http_proxy and no_proxy.")
    @Nullable
    String proxy;

    @Option(
            names = "--allow-http",
            scope = ScopeType.INHERIT,
            description = "Send the login without TLS to another machine; else LOCKSTEP_ALLOW_HTTP=true.")
    boolean allowHttp;

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORM",
            description = "table, json or yaml; else LOCKSTEP_OUTPUT, else that of the profile, else table.")
    @Nullable
    String output;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Explain the command.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Tell the version of the command line.")
    boolean version;

    private final Terminal terminal;
    private @Nullable Api api;
    private @Nullable Profile chosen;

    Lockstep(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command and gives its exit code. */
    static int run(Terminal terminal, String... arguments) {
        try {
            SecretArguments.refuse(arguments);
        } catch (CliException refused) {
            return Outcomes.tell(terminal, refused);
        }
        CommandLine line = Commands.of(terminal, arguments);
        int code = line.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    Terminal terminal() {
        return terminal;
    }

    /** What flags, environment and profile together say, in that order. */
    Profile chosen() {
        Profile known = chosen;
        if (known == null) {
            String named = profile != null ? profile : terminal.variable("LOCKSTEP_PROFILE");
            known = ConfigFile.load(terminal).profile(named).overriddenBy(given());
            chosen = known;
        }
        return known;
    }

    /** What flags and environment say, without any profile. */
    Profile given() {
        return environment().overriddenBy(flags());
    }

    private Profile flags() {
        return new Profile(server, user, passwordFile, tokenFile, caFile, proxy, allowHttp, output);
    }

    private Profile environment() {
        return new Profile(
                terminal.variable("LOCKSTEP_SERVER"),
                terminal.variable("LOCKSTEP_USER"),
                terminal.variable("LOCKSTEP_PASSWORD_FILE"),
                terminal.variable("LOCKSTEP_TOKEN_FILE"),
                terminal.variable("LOCKSTEP_CA_FILE"),
                null,
                "true".equals(terminal.variable("LOCKSTEP_ALLOW_HTTP")),
                terminal.variable("LOCKSTEP_OUTPUT"));
    }

    Api api() {
        Api known = api;
        if (known == null) {
            form();
            known = Connections.api(terminal, chosen());
            api = known;
        }
        return known;
    }

    /** Shows an answer in the form that was asked for: as it came, or as a page for people. */
    void show(JsonNode answer, Consumer<Page> page) {
        switch (form()) {
            case "json" -> terminal.out().println(Json.pretty(answer));
            case "yaml" -> terminal.out().print(Json.yaml(answer));
            default -> page.accept(new Page(terminal));
        }
        terminal.out().flush();
    }

    /** Shows a list. */
    void list(JsonNode items, Column... columns) {
        show(items, page -> page.table(items, columns));
    }

    /** Whether a person reads the answer. */
    boolean forPeople() {
        return form().equals("table");
    }

    private String form() {
        String form = Objects.requireNonNullElse(chosen().output(), "table").toLowerCase(Locale.ROOT);
        return switch (form) {
            case "table", "json", "yaml" -> form;
            default -> throw CliException.usage("--output is table, json or yaml.");
        };
    }
}
