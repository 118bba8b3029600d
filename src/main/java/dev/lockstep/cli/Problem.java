package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads the refusals of the server, {@code application/problem+json} of RFC 9457. */
final class Problem {

    /** Of RFC 9470: a second factor is missing. */
    private static final String FACTOR = "urn:ietf:rfc:9470";

    private Problem() {}

    static CliException of(URI server, HttpResponse<String> answer) {
        return of(server, answer, answer.body());
    }

    /** @param body of the answer */
    static CliException of(URI server, HttpResponse<?> answer, String body) {
        JsonNode problem = body(body);
        String detail = sentence(Json.field(problem, "detail")
                .or(() -> Json.field(problem, "message"))
                .orElseGet(() -> "The server answers with status " + answer.statusCode() + "."));
        if (Json.field(problem, "type").filter(FACTOR::equals).isPresent()) {
            return new FactorNeeded(detail);
        }
        ExitCode code = code(answer.statusCode());
        return new CliException(
                code,
                switch (answer.statusCode()) {
                    case 401 -> detail + " Use: lockstep login --server " + server;
                    case 301, 302, 303, 307, 308 ->
                        "The server at " + server + " leads elsewhere"
                                + answer.headers()
                                        .firstValue("Location")
                                        .map(place -> ", to " + Text.printable(place))
                                        .orElse("")
                                + "; give the right address with --server.";
                    default -> named(problem, detail);
                });
    }

    /** Says which field is wrong, unless the sentence does. */
    private static String named(JsonNode problem, String detail) {
        String runbook = Json.field(problem, "code")
                .map(code -> " (" + Text.printable(code) + ")")
                .orElse("");
        String field = Json.text(problem, "field");
        boolean told = field == null
                || field.equals("body")
                || detail.toLowerCase(Locale.ROOT).contains(field.toLowerCase(Locale.ROOT));
        return (told ? "" : Text.printable(String.valueOf(field)) + ": ") + detail + runbook + flaws(problem);
    }

    /** What is wrong with files that were sent, each on a line of its own. */
    private static String flaws(JsonNode problem) {
        return Json.list(problem.path("errors")).stream()
                .map(flaw -> "\n  "
                        + Text.printable(
                                Json.field(flaw, "file").map(file -> file + ":").orElse("line ")
                                        + flaw.path("line").asText("") + ":"
                                        + flaw.path("column").asText("") + " "
                                        + flaw.path("field").asText("") + ": "
                                        + flaw.path("problem").asText("")
                                        + Json.field(flaw, "advice")
                                                .map(advice -> "; " + advice)
                                                .orElse("")))
                .collect(Collectors.joining());
    }

    private static String sentence(String text) {
        String line = Text.printable(text.strip());
        String upper = line.isEmpty() ? line : Character.toUpperCase(line.charAt(0)) + line.substring(1);
        return upper.isEmpty() || ".!?".indexOf(upper.charAt(upper.length() - 1)) >= 0 ? upper : upper + ".";
    }

    private static JsonNode body(String text) {
        try {
            JsonNode read = Json.read(text);
            return read == null || !read.isObject() ? Json.object() : read;
        } catch (JsonProcessingException other) {
            return Json.object();
        }
    }

    private static ExitCode code(int status) {
        return switch (status) {
            case 401, 403, 407 -> ExitCode.REFUSED;
            case 404, 410 -> ExitCode.NOT_FOUND;
            case 409, 412, 423 -> ExitCode.CONFLICT;
            case 429, 502, 503, 504 -> ExitCode.UNREACHABLE;
            default -> status >= 500 ? ExitCode.BROKEN : ExitCode.USAGE;
        };
    }
}
