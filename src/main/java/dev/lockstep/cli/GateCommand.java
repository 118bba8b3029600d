package dev.lockstep.cli;

import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fails a build when a credential that it uses is not fit for use. */
@Command(
        name = "gate",
        description = {
            "Fail a build when a credential that it uses is overdue, failing, unverified or leaked.",
            "Ends with 1 when the gate is shut, and says for each credential why."
        })
final class GateCommand implements Callable<Integer> {

    private static final Column[] LIST = {
        name("credential", "/credential"), state("gate", "/gate"), text("why", "/reasons/*/message")
    };

    @Parameters(arity = "0..*", paramLabel = "CREDENTIAL", description = "env/team/system/what")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "File with one credential a line, - for standard input; # begins a comment.")
    @Nullable
    String file;

    @Option(
            names = "--verified-within",
            paramLabel = "TIME",
            description = "Shut as well when it was last verified longer ago, for example 24h.")
    @Nullable
    String verifiedWithin;

    @Option(names = "--overdue-by", paramLabel = "TIME", description = "Let it be overdue by so much, for example 1d.")
    @Nullable
    String overdueBy;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the result there as JUnit XML.")
    @Nullable
    String junit;

    private final Lockstep lockstep;

    GateCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        GateRules rules = new GateRules(
                lockstep.terminal().clock().instant(),
                overdueBy == null ? Duration.ZERO : Text.duration("--overdue-by", overdueBy),
                verifiedWithin == null ? null : Text.duration("--verified-within", verifiedWithin));
        ArrayNode results = Json.array();
        for (String each : Names.of(names, file, lockstep.terminal())) {
            results.add(judged(each, rules));
        }
        if (junit != null) {
            Inputs.write(junit, JunitReport.of(results));
        }
        lockstep.list(results, LIST);
        long shut = Json.list(results).stream()
                .filter(result -> result.path("gate").asText().equals("shut"))
                .count();
        if (shut > 0) {
            throw new CliException(
                    ExitCode.FAILED,
                    "The gate is shut: " + shut + " of " + results.size() + " credentials are not fit for use.");
        }
        return 0;
    }

    private ObjectNode judged(String credential, GateRules rules) {
        List<GateRules.Reason> reasons;
        try {
            reasons = rules.judge(lockstep.api().get(Addresses.credential(credential)));
        } catch (CliException missing) {
            if (missing.code() != ExitCode.NOT_FOUND) {
                throw missing;
            }
            reasons = List.of(new GateRules.Reason("unknown", "Lockstep does not know it"));
        }
        ObjectNode result =
                Json.object().put("credential", credential).put("gate", reasons.isEmpty() ? "open" : "shut");
        ArrayNode told = result.putArray("reasons");
        reasons.forEach(reason -> told.addObject().put("kind", reason.kind()).put("message", reason.message()));
        return result;
    }
}
