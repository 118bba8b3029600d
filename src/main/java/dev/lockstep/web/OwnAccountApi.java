package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.port.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What everybody may do about their own login. */
@RestController
@RequestMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Own account", description = "Needs no role.")
@ProblemResponses
class OwnAccountApi {

    private final People people;
    private final Sessions sessions;

    OwnAccountApi(People people, Sessions sessions) {
        this.people = people;
        this.sessions = sessions;
    }

    /** Replaces the password; never shown again. */
    record PasswordChange(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
            String present,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password", minLength = 12, maxLength = 200)
            @Nullable
            String next) {

        @Override
        public String toString() {
            return "PasswordChange[***]";
        }
    }

    /** A session of pages and webapps. */
    record SessionView(
            String id,
            String address,

            @Schema(description = "what the browser calls itself")
            String agent,

            Instant startedAt,
            Instant seenAt,

            @Schema(description = "whether this request belongs to it")
            boolean present) {

        static SessionView of(Sessions.Session session) {
            return new SessionView(
                    session.id(),
                    session.address(),
                    session.agent(),
                    session.startedAt(),
                    session.seenAt(),
                    session.present());
        }
    }

    @PostMapping(path = "/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Replace the own password",
            description = "All sessions end. A wrong present password counts like a failed login.")
    @ApiResponse(responseCode = "204", description = "Replaced")
    void password(@RequestBody PasswordChange change, Principal user) {
        try (SecretValue present = needed("present", change.present());
                SecretValue next = needed("next", change.next())) {
            people.replacePassword(user.getName(), present, next);
        }
    }

    @GetMapping("/sessions")
    @Operation(summary = "List the own sessions", description = "Oldest first; logins with each request have none.")
    List<SessionView> sessions(Principal user) {
        return sessions.of(user.getName()).stream().map(SessionView::of).toList();
    }

    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End one of the own sessions", description = "On every node, at once.")
    @ApiResponse(responseCode = "204", description = "Ended")
    @MayBeUnknown
    void end(@PathVariable String id, Principal user) {
        if (!sessions.end(user.getName(), id)) {
            throw new NotFound("You have no such session.");
        }
    }

    private static SecretValue needed(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new InvalidInput(field, field + " is needed");
        }
        return SecretValue.of(text);
    }
}
