package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks an operation to go back. */
@Command(name = "roll-back", description = "Go back to the previous version, as long as that was not retired.")
final class RollBackCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CREDENTIAL|OPERATION", description = "env/team/system/what, or op-17")
    String what = "";

    @Mixin
    final Waiting waiting = new Waiting();

    private final Lockstep lockstep;

    RollBackCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        waiting.timeout();
        JsonNode operation = lockstep.api().post("/operations/" + Addresses.segment(operation()) + "/roll-back");
        return new Operations(lockstep).started(operation, waiting, Set.of("rolled-back"));
    }

    private String operation() {
        if (!what.contains("/")) {
            return what;
        }
        String active = Json.text(lockstep.api().get(Addresses.credential(what)).path("credential"), "activeOperation");
        if (active == null) {
            throw new CliException(
                    ExitCode.CONFLICT, "Nothing is under way for " + what + ", so there is nothing to go back from.");
        }
        return active;
    }
}
