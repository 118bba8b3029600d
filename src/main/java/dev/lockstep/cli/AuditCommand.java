package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks and reads the audit trail. */
@Command(name = "audit", description = "Verify and read the audit trail.", synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {

    private static final Column[] VERDICT = {
        state("intact", "/intact"),
        text("position", "/position"),
        text("hash", "/hash"),
        text("waits for its seal", "/pending"),
        text("checkpoints", "/checkpoints"),
        text("reach up to", "/checkpointPosition"),
        text("of other nodes", "/foreignCheckpoints"),
        text("first wrong", "/firstBad/problem"),
        text("at position", "/firstBad/position"),
        text("explanation", "/firstBad/explanation"),
        moment("verified", "/verifiedAt")
    };

    private static final Column[] EVENTS = {
        name("id", "/id"),
        moment("when", "/recordedAt"),
        text("actor", "/actor"),
        text("action", "/action"),
        text("phase", "/phase"),
        text("subject", "/subject"),
        name("operation", "/operation"),
        text("details", "/details")
    };

    private final Lockstep lockstep;

    AuditCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(
            name = "verify",
            description =
                    "Recompute the whole chain and compare it with the signed checkpoints; 1 when it is not intact.")
    int verify() {
        JsonNode verdict = lockstep.api().get("/audit/verification");
        lockstep.show(verdict, page -> page.facts(verdict, VERDICT));
        if (verdict.path("intact").asBoolean()) {
            return 0;
        }
        throw new CliException(ExitCode.FAILED, "The audit trail is not intact.");
    }

    @Command(name = "events", description = "List audit events, newest first.")
    int events(
            @Option(
                            names = "--subject",
                            paramLabel = "NAME",
                            description = "Exactly this subject, for example a credential's name.")
                    @Nullable
                    String subject,
            @Option(names = "--operation", paramLabel = "OPERATION", description = "Exactly this operation.") @Nullable
                    String operation,
            @Option(names = "--before", paramLabel = "ID", description = "Only entries with a smaller id.") @Nullable
                    String before,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "100",
                            description = "1 to 1000 (default: ${DEFAULT-VALUE}).")
                    String limit) {
        Map<String, @Nullable String> wanted = new TreeMap<>();
        wanted.put("subject", subject);
        wanted.put("operation", operation);
        wanted.put("before", before);
        wanted.put("limit", limit);
        lockstep.list(lockstep.api().get("/audit/events?" + Query.of(wanted)), EVENTS);
        return 0;
    }
}
