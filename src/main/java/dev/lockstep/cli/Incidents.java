package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** Shows and follows incidents. */
final class Incidents {

    static final Column[] LIST = {
        name("id", "/id"),
        state("state", "/state"),
        text("response", "/response"),
        text("severity", "/severity"),
        moment("opened", "/openedAt"),
        moment("deadline", "/deadline"),
        text("credentials", "/credentials/*/credential")
    };

    private static final Column[] FACTS = {
        name("incident", "/id"),
        state("state", "/state"),
        text("response", "/response"),
        text("severity", "/severity"),
        text("reason", "/reason"),
        text("reviewers", "/reviewers"),
        text("if nobody reviews", "/safeDefault"),
        text("drill", "/drill"),
        moment("opened", "/openedAt"),
        moment("deadline", "/deadline"),
        moment("closed", "/closedAt"),
        text("conclusion", "/conclusion")
    };

    private static final Column[] AFFECTED = {
        name("credential", "/credential"),
        text("relation", "/relation"),
        name("operation", "/operation"),
        moment("contained", "/containedAt"),
        moment("proven dead", "/provenDeadAt"),
        moment("replaced", "/replacedAt")
    };

    private static final Column[] TIMELINE = {
        moment("when", "/at"), text("what", "/what"), text("credential", "/credential"), text("in words", "/text")
    };

    private static final Set<String> OVER = Set.of("contained", "closed");

    private final Lockstep lockstep;

    Incidents(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    static void page(JsonNode incident, Page page) {
        page.facts(incident, FACTS)
                .section("credentials", incident.path("credentials"), AFFECTED)
                .section("timeline", incident.path("timeline"), TIMELINE);
    }

    int begun(JsonNode incident, Waiting waiting) {
        String id = incident.path("id").asText();
        if (waiting.wait) {
            return follow(id, waiting.timeout());
        }
        lockstep.show(incident, page -> page(incident, page));
        if (lockstep.forPeople()) {
            lockstep.terminal().note("Follow it with: lockstep incidents follow " + id);
        }
        return ExitCode.OK.code();
    }

    /** Until all its credentials are contained, or it was closed without. */
    int follow(String id, Duration timeout) {
        Api api = lockstep.api();
        String path = "/incidents/" + Addresses.segment(id);
        JsonNode end = new Follow(lockstep.terminal())
                .until(
                        id,
                        timeout,
                        () -> api.get(path),
                        now -> OVER.contains(now.path("state").asText()),
                        Incidents::tell);
        lockstep.show(end, page -> page(end, page));
        JsonNode credentials = end.path("credentials");
        boolean all = Json.list(credentials).stream().allMatch(each -> each.hasNonNull("containedAt"));
        if (credentials.isEmpty() || !all) {
            throw new CliException(
                    ExitCode.FAILED,
                    end.path("id").asText() + " is " + end.path("state").asText() + ", but "
                            + (credentials.isEmpty()
                                    ? "no credential is known to be concerned."
                                    : "not all of its credentials are contained."));
        }
        return ExitCode.OK.code();
    }

    private static void tell(JsonNode now, Follow follow) {
        String state = now.path("state").asText();
        String response = now.path("response").asText("");
        follow.say(
                "state" + state,
                now.path("id").asText() + " is " + state + (response.isEmpty() ? "" : " (" + response + ")"));
        for (JsonNode credential : now.path("credentials")) {
            String name = credential.path("credential").asText();
            if (credential.hasNonNull("containedAt")) {
                follow.say("contained" + name, "contained    " + name);
            }
            if (credential.hasNonNull("provenDeadAt")) {
                follow.say("dead" + name, "proven dead  " + name);
            }
            if (credential.hasNonNull("replacedAt")) {
                follow.say("replaced" + name, "replaced     " + name);
            }
        }
    }
}
