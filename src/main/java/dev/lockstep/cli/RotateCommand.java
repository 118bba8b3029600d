package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a rotation. */
@Command(name = "rotate", description = "Replace the secret of a credential.")
final class RotateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CREDENTIAL", description = "env/team/system/what")
    String name = "";

    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why, for the record; no secret.")
    String reason = "";

    @Option(
            names = "--emergency",
            description = "Overtake routine work, allow no grace, and take over from an operation that is under way.")
    boolean emergency;

    @Option(
            names = "--break-glass",
            description = "Do without the approval that it may need; it is reviewed afterwards.")
    boolean breakGlass;

    @Mixin
    final Waiting waiting = new Waiting();

    private final Lockstep lockstep;

    RotateCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        waiting.timeout();
        ObjectNode request = Json.object().put("reason", reason);
        request.put("emergency", emergency).put("breakGlass", breakGlass);
        JsonNode operation = lockstep.api().post(Addresses.credential(name) + "/rotations", request);
        return new Operations(lockstep).started(operation, waiting, Set.of("rotated"));
    }
}
