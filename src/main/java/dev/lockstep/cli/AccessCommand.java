package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who may do what. */
@Command(name = "access", description = "Say who may do what.", synopsisSubcommandLabel = "COMMAND")
final class AccessCommand {

    private static final Column[] ANSWER = {
        Column.name("user", "/user"),
        Column.text("action", "/action"),
        Column.text("environment", "/environment"),
        Column.text("team", "/team"),
        Column.state("allowed", "/allowed"),
        Column.text("because", "/reason"),
        Column.text("asks for a fresh second factor", "/freshSecondFactor")
    };

    private final Lockstep lockstep;

    AccessCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(
            name = "explain",
            description = {
                "Say whether a user may do something, by which role or what is missing; nothing is tried.",
                "About others it needs the role administrator or auditor."
            })
    int explain(
            @Parameters(paramLabel = "WHO", description = "The user's id.") String who,
            @Parameters(
                            paramLabel = "ACTION",
                            description = "read, read-audit, review-access, operate, respond, use-engine, deploy, plan,"
                                    + " configure, admit, manage-users or inspect.")
                    String action,
            @Parameters(
                            paramLabel = "WHAT",
                            arity = "0..1",
                            description =
                                    "An environment, environment and team like prod/shop or */shop, or a credential's name;"
                                            + " everything when left out.")
                    @Nullable
                    String what) {
        Map<String, @Nullable String> asked = new TreeMap<>();
        asked.put("user", who);
        asked.put("action", action);
        if (what != null) {
            about(asked, what);
        }
        JsonNode answer = lockstep.api().get("/access/explanations?" + Query.of(asked));
        lockstep.show(answer, page -> page.facts(answer, ANSWER));
        return 0;
    }

    private static void about(Map<String, @Nullable String> asked, String what) {
        int slash = what.indexOf('/');
        if (slash < 0) {
            asked.put("environment", what);
        } else if (what.indexOf('/', slash + 1) >= 0) {
            asked.put("credential", what);
        } else {
            String environment = what.substring(0, slash);
            asked.put("environment", environment.equals("*") ? null : environment);
            asked.put("team", what.substring(slash + 1));
        }
    }
}
