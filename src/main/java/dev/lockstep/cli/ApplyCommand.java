package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a configuration in force. */
@Command(
        name = "apply",
        description = {
            "Put a configuration in force: a plan that was looked at, or files, which are planned first.",
            "Files are applied after somebody has said yes, or with --yes. Can be repeated.",
            "Ends with 5 when something else was applied since the plan was made."
        })
final class ApplyCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "A directory, or single files.")
    List<String> files = new ArrayList<>();

    @Option(names = "--id", paramLabel = "PLAN", description = "The plan to apply.")
    @Nullable
    String id;

    @Option(names = "--merge", description = "Lay the files over those in force; an empty file takes one away.")
    boolean merge;

    @Option(names = "--commit", paramLabel = "ID", description = "Where the files come from, for the audit trail.")
    @Nullable
    String commit;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    private final Lockstep lockstep;

    ApplyCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        if (id != null && !files.isEmpty()) {
            throw CliException.usage("Name files, or a plan with --id.");
        }
        String plan = id != null ? id : agreed();
        if (plan != null) {
            JsonNode applied = lockstep.api().post("/plans/" + Addresses.segment(plan) + "/apply");
            lockstep.show(applied, page -> page.facts(applied, Plans.APPLIED));
        }
        return 0;
    }

    /** The plan that somebody agrees to; null when there is nothing to do. */
    private @Nullable String agreed() {
        JsonNode plan = new Plans(lockstep).make(files, merge, commit);
        if (lockstep.forPeople()) {
            Plans.page(plan, new Page(lockstep.terminal()));
            lockstep.terminal().out().flush();
        }
        if (Plans.changesNothing(plan) && plan.path("status").asText().equals("applied")) {
            lockstep.terminal().note("It is in force already.");
            return null;
        }
        if (!yes && !saysYes()) {
            throw new CliException(
                    ExitCode.FAILED,
                    "Nothing is applied. Do it with: lockstep apply --id "
                            + plan.path("id").asText());
        }
        return plan.path("id").asText();
    }

    private boolean saysYes() {
        Terminal terminal = lockstep.terminal();
        terminal.err().print("Apply this? [y/N] ");
        terminal.err().flush();
        try {
            StringBuilder answer = new StringBuilder();
            for (int c = terminal.in().read();
                    c >= 0 && c != '\n' && answer.length() < 10;
                    c = terminal.in().read()) {
                answer.append((char) c);
            }
            return List.of("y", "yes").contains(answer.toString().strip().toLowerCase(Locale.ROOT));
        } catch (IOException closed) {
            return false;
        }
    }
}
