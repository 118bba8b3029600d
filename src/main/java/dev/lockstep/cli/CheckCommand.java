package dev.lockstep.cli;

import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs in with credentials, for example after a change at a target. */
@Command(
        name = "check",
        description = {
            "Log in with each credential at its target, once, and say which do not.",
            "Ends with 1 when a login is refused, with 5 or 7 when one could not be tried."
        })
final class CheckCommand implements Callable<Integer> {

    private static final Column[] LIST = {
        name("credential", "/credential"),
        state("result", "/result"),
        text("version", "/version"),
        text("message", "/message")
    };

    @Parameters(arity = "0..*", paramLabel = "CREDENTIAL", description = "env/team/system/what")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "File with one credential a line, - for standard input; # begins a comment.")
    @Nullable
    String file;

    private final Lockstep lockstep;

    CheckCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        ArrayNode results = Json.array();
        List<CliException> untried = new ArrayList<>();
        for (String each : Names.of(names, file, lockstep.terminal())) {
            try {
                ObjectNode answer = (ObjectNode) lockstep.api().post(Addresses.credential(each) + "/check");
                boolean ok = answer.path("ok").asBoolean();
                answer.put("result", ok ? "ok" : "failed");
                Json.put(answer, "message", Json.text(answer.path("failure"), "message"));
                results.add(answer);
            } catch (CliException failure) {
                if (failure.code() != ExitCode.CONFLICT && failure.code() != ExitCode.UNREACHABLE) {
                    throw failure;
                }
                untried.add(failure);
                results.addObject()
                        .put("credential", each)
                        .put("result", "unknown")
                        .put("message", failure.getMessage());
            }
        }
        lockstep.list(results, LIST);
        long refused = Json.list(results).stream()
                .filter(result -> result.path("result").asText().equals("failed"))
                .count();
        if (refused > 0) {
            throw new CliException(ExitCode.FAILED, refused + " of " + results.size() + " do not log in.");
        }
        if (!untried.isEmpty()) {
            throw new CliException(
                    untried.get(0).code(), untried.size() + " of " + results.size() + " could not be tried.");
        }
        return 0;
    }
}
