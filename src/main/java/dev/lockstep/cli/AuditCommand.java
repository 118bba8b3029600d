package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
        text("archived up to", "/archived"),
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

    private static final Column[] ARCHIVES = {
        name("file", "/file"),
        text("from", "/first"),
        text("to", "/last"),
        moment("recorded until", "/recordedUntil"),
        moment("archived", "/archivedAt"),
        text("sha256", "/sha256")
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

    @Command(
            name = "evidence",
            description = {
                "Write evidence as signed JSON Lines into a file, of one credential, for one control, or both.",
                "docs/audit-verify.py verifies it without Lockstep. With --html the same as a page to read, which is not signed."
            })
    int evidence(
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE",
                            description = "Where to; it must not be there yet.")
                    Path file,
            @Option(names = "--credential", paramLabel = "CREDENTIAL", description = "env/team/system/what") @Nullable
                    String credential,
            @Option(
                            names = "--control",
                            paramLabel = "CONTROL",
                            description = "pci-dss-8.6.3, soc2-cc6.1, iso-27001-a.5.17 or nist-sp-800-57")
                    @Nullable
                    String control,
            @Option(names = "--from", paramLabel = "DAY", description = "First day, for example 2026-01-01.") @Nullable
                    String from,
            @Option(names = "--to", paramLabel = "DAY", description = "Last day; until now when left out.") @Nullable
                    String to,
            @Option(names = "--html", description = "As a page to read.") boolean html) {
        Map<String, @Nullable String> wanted = new TreeMap<>();
        wanted.put("credential", credential);
        wanted.put("control", control);
        wanted.put("from", from);
        wanted.put("to", to);
        String evidence = html ? "/audit/evidence.html?" : "/audit/evidence?";
        lockstep.api().download(evidence + Query.of(wanted), file);
        return 0;
    }

    @Command(
            name = "archives",
            description = {
                "List the files that entries older than the retention were moved to, newest first.",
                "docs/audit-verify.py verifies them without Lockstep."
            })
    int archives() {
        lockstep.list(lockstep.api().get("/audit/archives"), ARCHIVES);
        return 0;
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
