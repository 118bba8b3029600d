package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes refusals as {@code problem+json} where no controller was reached. */
final class ProblemWriter {

    private ProblemWriter() {}

    /**
     * Refuses a path that the container or the firewall does not let in.
     *
     * @param status an HTTP status of the kind 4xx or 5xx
     */
    static void refusePath(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        if (request.getRequestURI().startsWith("/v1/")) {
            writeErrors(response, status);
            return;
        }
        write(
                response,
                status,
                "The path holds something that no name has: an encoded slash, a dot segment, a semicolon, a percent sign"
                        + " or a control character. A credential is env/team/system/what in lower-case letters, digits,"
                        + " '-', '_' and single '.'.",
                field(request.getRequestURI()));
    }

    /** As the protocol of those who read secrets has it. */
    private static void writeErrors(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"errors\":[\"path: it holds something that no name has\"]}");
    }

    /** @param detail a fixed text without quotes; nothing of the request goes into it */
    static void write(HttpServletResponse response, int status, String detail, String field) throws IOException {
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                        + detail + "\",\"field\":\"" + field + "\"}");
    }

    /** What the sender calls the part of the path that is malformed. */
    private static String field(String uri) {
        if (uri.startsWith("/api/v1/credentials/") || uri.startsWith("/credentials/")) {
            return "name";
        }
        return uri.startsWith("/api/v1/operations/") || uri.startsWith("/operations/") ? "id" : "path";
    }
}
