package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports a leak, which the emergency process answers. */
@Command(
        name = "revoke",
        description = {
            "Report that a secret has leaked or may have.",
            "The triage table decides what follows: for a confirmed leak it is revoked at once, proven dead and replaced."
        })
final class RevokeCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "CREDENTIAL",
            description = "env/team/system/what; may be left out when the leaked value is given.")
    @Nullable
    String name;

    @Option(
            names = {"-n", "--note"},
            required = true,
            paramLabel = "TEXT",
            description = "What was seen, for the record; no secret.")
    String note = "";

    @Option(
            names = "--leaked-file",
            paramLabel = "FILE",
            description = "File with the leaked value, - for standard input; only its fingerprint is kept.")
    @Nullable
    String leakedFile;

    @Option(names = "--location", paramLabel = "PLACE", description = "Where it was seen.")
    @Nullable
    String location;

    @Option(names = "--kind", paramLabel = "KIND", description = "leak (usual), suspicion or anomaly")
    @Nullable
    String kind;

    @Option(names = "--confidence", paramLabel = "WORD", description = "confirmed (usual), likely or possible")
    @Nullable
    String confidence;

    @Option(names = "--exposure", paramLabel = "WORD", description = "public, internal or unknown (usual)")
    @Nullable
    String exposure;

    @Option(names = "--source", paramLabel = "WORD", description = "human (usual) or scanner")
    @Nullable
    String source;

    @Option(
            names = "--delivery-id",
            paramLabel = "ID",
            description = "The sender's own number of the report: sent again, it is the same report.")
    @Nullable
    String deliveryId;

    @Mixin
    final Waiting waiting = new Waiting();

    private final Lockstep lockstep;

    RevokeCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        waiting.timeout();
        if (name == null && leakedFile == null) {
            throw CliException.usage("Say which credential leaked, or give the leaked value with --leaked-file.");
        }
        ObjectNode report = Json.object().put("note", note);
        if (name != null) {
            Addresses.credential(name);
            report.put("credential", name);
        }
        Json.put(report, "location", location);
        Json.put(report, "kind", kind);
        Json.put(report, "confidence", confidence);
        Json.put(report, "exposure", exposure);
        Json.put(report, "source", source);
        Json.put(report, "deliveryId", deliveryId);
        JsonNode incident = sent(report);
        return new Incidents(lockstep).begun(incident, waiting);
    }

    private JsonNode sent(ObjectNode report) {
        if (leakedFile == null) {
            return lockstep.api().post("/signals", report);
        }
        if (leakedFile.equals(Secret.STANDARD_INPUT)
                && Secret.STANDARD_INPUT.equals(lockstep.chosen().passwordFile())) {
            throw CliException.usage("Standard input holds one secret only: put the password into a file.");
        }
        try (Secret leaked = Secret.read(leakedFile, lockstep.terminal())) {
            return leaked.expose(value -> lockstep.api().post("/signals", report.put("leaked", value)));
        }
    }
}
