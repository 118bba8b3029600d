package dev.lockstep.cli;

import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The inventory as a file, in and out; never with values. */
@Command(
        name = "inventory",
        description = "Take a list of credentials in, or write all of them out; never their values.",
        synopsisSubcommandLabel = "COMMAND")
final class InventoryCommand {

    private static final Column[] DRAFT = {
        text("credentials", "/credentials"), text("known already, left out", "/known"),
    };

    private final Lockstep lockstep;

    InventoryCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(
            name = "import",
            description = {
                "Turn a list into documents for the configuration. Changes and rotates nothing by itself.",
                "Lists are CSV, JSON or YAML; what is wrong is told with line, column and field, and ends with 2.",
                "Put the documents in force with: lockstep apply --merge FILE"
            })
    int take(
            @Parameters(paramLabel = "FILE", description = "The list; - for standard input.") String file,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "csv, json or yaml; else by the ending of the file.")
                    @Nullable
                    String format,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            defaultValue = "-",
                            description = "Where the documents go; - for standard output (default).")
                    String to,
            @Option(names = "--dry-run", description = "Only tell whether the list is in order.") boolean dryRun) {
        String form = format != null ? format : ending(file);
        JsonNode draft = lockstep.api()
                .postFile(
                        "/inventory/import" + (dryRun ? "?dryRun=true" : ""),
                        contentType(form),
                        Inputs.bytes(file, lockstep.terminal()));
        if (dryRun || !lockstep.forPeople()) {
            lockstep.show(draft, page -> page.facts(draft, DRAFT));
            return 0;
        }
        write(to, draft.path("documents").asText());
        lockstep.terminal()
                .note("Taken: " + draft.path("credentials").asText() + "; known already and left out: "
                        + draft.path("known").size() + ".");
        return 0;
    }

    @Command(name = "export", description = "Write all credentials, in the order of names, and how they stand.")
    int export(
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "csv, json or yaml; else by the ending of the file, else json.")
                    @Nullable
                    String format,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            defaultValue = "-",
                            description = "Where it goes; - for standard output (default).")
                    String to) {
        String form = format != null ? format : to.equals(Secret.STANDARD_INPUT) ? "json" : ending(to);
        contentType(form);
        write(to, lockstep.api().text("/inventory/export?format=" + form));
        return 0;
    }

    private void write(String to, String text) {
        if (to.equals(Secret.STANDARD_INPUT)) {
            lockstep.terminal().out().print(text);
            lockstep.terminal().out().flush();
        } else {
            Inputs.write(to, text);
            lockstep.terminal().note(to + " is written.");
        }
    }

    private static String ending(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ending.equals("yml") ? "yaml" : ending;
    }

    private static String contentType(String format) {
        return switch (format) {
            case "csv" -> "text/csv";
            case "json" -> "application/json";
            case "yaml" -> "application/yaml";
            default -> throw CliException.usage("Say which format it has: --format csv, json or yaml.");
        };
    }
}
