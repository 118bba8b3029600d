package dev.lockstep.cli;

import static dev.lockstep.cli.Column.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Speaks for the applications that use a credential. */
@Command(
        name = "consumers",
        description = "Tell which version an application uses, or that it cannot work with one; register it.",
        synopsisSubcommandLabel = "COMMAND")
final class ConsumersCommand {

    private final Lockstep lockstep;

    ConsumersCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "acknowledge", description = "Tell that a consumer uses a version; can be repeated.")
    int acknowledge(
            @Parameters(index = "0", paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Parameters(index = "1", paramLabel = "CONSUMER", description = "Its registered name.") String consumer,
            @Option(
                            names = "--version-number",
                            paramLabel = "NUMBER",
                            description = "The version; the current one when left out.")
                    @Nullable
                    Integer version) {
        int used = version == null ? current(name) : version;
        lockstep.api()
                .put(path(name, consumer) + "/acknowledgement", Json.object().put("version", used));
        lockstep.terminal().note("Noted: " + consumer + " uses version " + used + " of " + name + ".");
        return 0;
    }

    private int current(String name) {
        JsonNode found = lockstep.api().get(Addresses.credential(name)).at("/currentVersion/version");
        if (!found.isInt()) {
            throw new CliException(ExitCode.CONFLICT, name + " has no current version.");
        }
        return found.asInt();
    }

    @Command(
            name = "complain",
            description = "Tell that a consumer cannot work with a version; within its grace the rotation goes back.")
    int complain(
            @Parameters(index = "0", paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Parameters(index = "1", paramLabel = "CONSUMER", description = "Its registered name.") String consumer,
            @Option(
                            names = "--version-number",
                            paramLabel = "NUMBER",
                            description = "The version; the current one when left out.")
                    @Nullable
                    Integer version,
            @Option(
                            names = "--problem",
                            required = true,
                            paramLabel = "WORD",
                            description = "authentication-failed, permission-denied or unusable")
                    String problem) {
        ObjectNode complaint = Json.object()
                .put("version", version == null ? current(name) : version)
                .put("problem", problem);
        JsonNode answer = lockstep.api().post(path(name, consumer) + "/complaints", complaint);
        lockstep.show(answer, page -> page.facts(answer, state("rolls back", "/rollsBack")));
        return 0;
    }

    @Command(name = "register", description = "Register a consumer, or change its labels.")
    int register(
            @Parameters(index = "0", paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Parameters(index = "1", paramLabel = "CONSUMER", description = "Its name.") String consumer,
            @Option(
                            names = {"-l", "--label"},
                            paramLabel = "KEY=VALUE",
                            description = "Waves of a rotation find it by these; can be repeated.")
                    @Nullable
                    Map<String, String> labels) {
        ObjectNode registration = Json.object();
        Json.put(registration, "labels", labels == null ? Map.of() : labels);
        lockstep.api().put(path(name, consumer), registration);
        lockstep.terminal().note("Registered.");
        return 0;
    }

    @Command(name = "forget", description = "Forget a registered consumer.")
    int forget(
            @Parameters(index = "0", paramLabel = "CREDENTIAL", description = "env/team/system/what") String name,
            @Parameters(index = "1", paramLabel = "CONSUMER", description = "Its registered name.") String consumer) {
        lockstep.api().delete(path(name, consumer));
        lockstep.terminal().note("Forgotten.");
        return 0;
    }

    private static String path(String name, String consumer) {
        return Addresses.credential(name) + "/consumers/"
                + Stream.of(consumer.split("/", 2)).map(Addresses::segment).collect(Collectors.joining("/"));
    }
}
