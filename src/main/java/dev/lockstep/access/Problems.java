package dev.lockstep.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Refusals as {@code problem+json}. */
final class Problems {

    private Problems() {}

    /** @param detail a fixed text without quotes; nothing of the request goes into it */
    static void write(HttpServletResponse response, int status, String detail) throws IOException {
        write(response, status, "about:blank", detail);
    }

    /** @param type tells programs what kind of refusal it is */
    static void write(HttpServletResponse response, int status, String type, String detail) throws IOException {
        String title = HttpStatus.valueOf(status).getReasonPhrase();
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write("{\"type\":\"" + type + "\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                        + detail + "\"}");
    }
}
