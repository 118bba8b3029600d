package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a change of the configuration would do. */
@Command(
        name = "plan",
        description = {
            "Say what a configuration would create, change, adopt, reschedule and retire; changes nothing.",
            "Without files: that of the directory of the server. What is wrong with it is told with file, line and field."
        })
final class PlanCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "A directory, or single files.")
    List<String> files = new ArrayList<>();

    @Option(names = "--merge", description = "Lay the files over those in force; an empty file takes one away.")
    boolean merge;

    @Option(names = "--commit", paramLabel = "ID", description = "Where the files come from, for the audit trail.")
    @Nullable
    String commit;

    @Option(names = "--id", paramLabel = "PLAN", description = "Show this plan again.")
    @Nullable
    String id;

    @Option(names = "--expect-none", description = "End with 1 when anything would change.")
    boolean expectNone;

    private final Lockstep lockstep;

    PlanCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        if (id != null && !files.isEmpty()) {
            throw CliException.usage("Name files, or a plan with --id.");
        }
        JsonNode plan = id != null
                ? lockstep.api().get("/plans/" + Addresses.segment(id))
                : new Plans(lockstep).make(files, merge, commit);
        lockstep.show(plan, page -> Plans.page(plan, page));
        boolean nothing = Plans.changesNothing(plan);
        if (lockstep.forPeople() && !nothing) {
            lockstep.terminal()
                    .note("Do it with: lockstep apply --id " + plan.path("id").asText());
        }
        if (expectNone && !nothing) {
            throw new CliException(ExitCode.FAILED, "The configuration is not what is in force.");
        }
        return 0;
    }
}
