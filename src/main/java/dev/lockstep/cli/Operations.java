package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/** Shows and follows operations; used by every command that starts one. */
final class Operations {

    static final Column[] LIST = {
        name("id", "/id"),
        name("credential", "/credential"),
        text("process", "/process"),
        state("status", "/status"),
        text("waits for", "/waitsFor"),
        text("requested by", "/requestedBy"),
        moment("queued", "/queuedAt")
    };

    static final Column[] HISTORY = {
        name("id", "/id"),
        text("process", "/process"),
        state("status", "/status"),
        state("outcome", "/outcome"),
        text("requested by", "/requestedBy"),
        moment("queued", "/queuedAt"),
        moment("closed", "/closedAt"),
        text("reason", "/reason")
    };

    private static final Column[] FACTS = {
        name("operation", "/id"),
        name("credential", "/credential"),
        text("process", "/process"),
        text("version", "/version"),
        state("status", "/status"),
        state("outcome", "/outcome"),
        text("waits for", "/waitsFor"),
        text("failure", "/failure/code"),
        text("message", "/failure/message"),
        text("priority", "/priority"),
        text("requested by", "/requestedBy"),
        text("reason", "/reason"),
        text("round", "/round"),
        moment("queued", "/queuedAt"),
        moment("not before", "/notBefore"),
        moment("closed", "/closedAt")
    };

    private static final Column[] ATTEMPTS = {
        text("step", "/step"),
        text("round", "/round"),
        text("try", "/number"),
        state("outcome", "/outcome"),
        moment("started", "/startedAt"),
        text("failure", "/failure/message")
    };

    /** Ends that somebody wanted. */
    static final Set<String> GOOD =
            Set.of("rotated", "rolled-back", "revoked", "issued", "decommissioned", "cancelled", "kept");

    private final Lockstep lockstep;

    Operations(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    static void page(JsonNode operation, Page page) {
        page.facts(operation, FACTS).section("attempts", operation.path("attempts"), ATTEMPTS);
    }

    /** Shows an operation that was just asked for; with {@code --wait} when it is over. */
    int started(JsonNode operation, Waiting waiting, Set<String> wanted) {
        String id = operation.path("id").asText();
        if (!waiting.wait) {
            lockstep.show(operation, page -> page(operation, page));
            if (lockstep.forPeople()) {
                lockstep.terminal().note("Follow it with: lockstep operations follow " + id);
            }
            return ExitCode.OK.code();
        }
        return follow(id, waiting.timeout(), wanted);
    }

    /** Follows an operation to its end. */
    int follow(String id, Duration timeout, Set<String> wanted) {
        JsonNode end = watch(id, timeout, now -> now.path("status").asText().equals("closed"));
        lockstep.show(end, page -> page(end, page));
        String outcome = end.path("outcome").asText();
        if (wanted.contains(outcome)) {
            return ExitCode.OK.code();
        }
        throw new CliException(
                ExitCode.FAILED,
                Text.printable(end.path("id").asText() + " of "
                        + end.path("credential").asText() + " ended as " + outcome + "."));
    }

    JsonNode watch(String id, Duration timeout, Predicate<JsonNode> over) {
        Api api = lockstep.api();
        String path = "/operations/" + Addresses.segment(id);
        return new Follow(lockstep.terminal()).until(id, timeout, () -> api.get(path), over, Operations::tell);
    }

    private static void tell(JsonNode now, Follow follow) {
        String id = now.path("id").asText();
        follow.say(
                "begin",
                id + " " + now.path("process").asText() + " of "
                        + now.path("credential").asText());
        for (JsonNode attempt : now.path("attempts")) {
            String step = attempt.path("step").asText();
            String outcome = attempt.path("outcome").asText();
            String key = step + attempt.path("round") + "/" + attempt.path("number") + outcome;
            String failure = attempt.at("/failure/message").asText("");
            follow.say(key, Text.pad(step, 18) + " " + outcome + (failure.isEmpty() ? "" : ": " + failure));
        }
        String status = now.path("status").asText();
        String waits = now.path("waitsFor").asText("");
        if (status.equals("closed")) {
            follow.say("end", "ended as " + now.path("outcome").asText());
        } else if (!waits.isEmpty() && !waits.startsWith("its ") && !waits.equals("a free worker")) {
            follow.say("waits" + waits.replaceAll("[0-9]", ""), "waits for " + waits);
        }
    }
}
