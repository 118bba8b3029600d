package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** New versions of a process, given to a share of the credentials first. */
@Command(
        name = "rollout",
        description = "Give the newest version of a process to a share of the credentials first.",
        synopsisSubcommandLabel = "COMMAND")
final class RolloutCommand {

    private static final Column[] LIST = {
        name("id", "/id"),
        name("process", "/process"),
        name("version", "/versionTag"),
        text("former", "/formerTag"),
        text("share %", "/share"),
        state("status", "/status"),
        text("opened by", "/openedBy"),
        moment("opened", "/openedAt"),
        moment("ended", "/endedAt"),
        text("reason", "/reason")
    };

    private final Lockstep lockstep;

    RolloutCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List the roll-outs of a process, newest first.")
    int list(@Parameters(paramLabel = "PROCESS", description = "For example rotation.") String process) {
        lockstep.list(lockstep.api().get(path(process)), LIST);
        return 0;
    }

    @Command(name = "open", description = "Begin: the share gets the newest version, all others keep the one before.")
    int open(
            @Parameters(paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Option(
                            names = "--version-tag",
                            required = true,
                            paramLabel = "TAG",
                            description = "Of the newest version, for example 1.2.")
                    String tag,
            @Option(names = "--share", required = true, paramLabel = "PERCENT", description = "1 to 100") int share,
            @Option(
                            names = "--minimum-sample",
                            paramLabel = "NUMBER",
                            description = "So many runs are waited for before both versions are compared (usually 5).")
                    @Nullable
                    Integer minimumSample,
            @Option(
                            names = "--tolerance",
                            paramLabel = "POINTS",
                            description = "So many percentage points it may fail more often (usually 5).")
                    @Nullable
                    Integer tolerance) {
        ObjectNode request = Json.object().put("versionTag", tag).put("share", share);
        if (minimumSample != null) {
            request.put("minimumSample", minimumSample);
        }
        if (tolerance != null) {
            request.put("tolerance", tolerance);
        }
        return shown(lockstep.api().post(path(process), request));
    }

    @Command(name = "widen", description = "Change the share.")
    int widen(
            @Parameters(index = "0", paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Parameters(index = "1", paramLabel = "ID", description = "Number of the roll-out.") long id,
            @Option(names = "--share", required = true, paramLabel = "PERCENT", description = "1 to 100") int share) {
        return shown(lockstep.api()
                .put(path(process) + "/" + id + "/share", Json.object().put("share", share)));
    }

    @Command(name = "complete", description = "Give the new version to all credentials.")
    int complete(
            @Parameters(index = "0", paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Parameters(index = "1", paramLabel = "ID", description = "Number of the roll-out.") long id) {
        return shown(lockstep.api().post(path(process) + "/" + id + "/complete"));
    }

    @Command(name = "return", description = "Return to the former version, for new operations.")
    int giveBack(
            @Parameters(index = "0", paramLabel = "PROCESS", description = "For example rotation.") String process,
            @Parameters(index = "1", paramLabel = "ID", description = "Number of the roll-out.") long id,
            @Option(
                            names = {"-r", "--reason"},
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why, for the record.")
                    String reason) {
        return shown(lockstep.api()
                .post(path(process) + "/" + id + "/return", Json.object().put("reason", reason)));
    }

    private int shown(JsonNode rollout) {
        lockstep.show(rollout, page -> page.facts(rollout, LIST));
        return 0;
    }

    private static String path(String process) {
        return "/processes/" + Addresses.segment(process) + "/rollouts";
    }
}
