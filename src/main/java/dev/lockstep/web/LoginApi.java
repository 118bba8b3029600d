package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.LoginRefused;
import dev.lockstep.port.TokenLogins;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the command line gets a token for somebody who has a second factor. */
@RestController
@RequestMapping(path = "/api/v1/login", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Own account")
@ProblemResponses
class LoginApi {

    private static final int LONGEST = 200;

    private final TokenLogins logins;

    LoginApi(TokenLogins logins) {
        this.logins = logins;
    }

    /** Who wants to get in, and with what. */
    record LoginRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "olga") @Nullable
            String user,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
            String password,

            @Schema(
                    description = "of the second factor, or a recovery code; needed by who has one",
                    format = "password")
            @Nullable
            String code) {

        @Override
        public String toString() {
            return "LoginRequest[***]";
        }
    }

    /** A token, in the one answer that ever shows it. */
    record TokenView(
            @Schema(description = "for `Authorization: Bearer`; shown only here")
            String token,

            @Schema(description = "its id among the own sessions")
            String session,

            @Schema(description = "when it ends at the latest; it ends before that when nobody uses it")
            Instant endsAt) {

        @Override
        public String toString() {
            return "TokenView[***]";
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Log in for a token",
            description = "For local users. The token goes on and ends as a session does: it is among the own sessions,"
                    + " and a change of the user, a log-out or half an hour without use ends it on every node.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    @ApiResponse(responseCode = "429", description = "Too many failed logins from this address; see `Retry-After`")
    TokenView logIn(@RequestBody LoginRequest request, HttpServletRequest http) {
        String user = text("user", request.user());
        try (SecretValue password = SecretValue.of(text("password", request.password()));
                TokenLogins.Token token = logIn(user, password, request.code(), http)) {
            return new TokenView(
                    token.value().expose(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                    token.session(),
                    token.endsAt());
        }
    }

    private TokenLogins.Token logIn(
            String user, SecretValue password, @Nullable String code, HttpServletRequest request) {
        String agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        if (code == null || code.isBlank()) {
            return logins.logIn(user, password, null, request.getRemoteAddr(), agent);
        }
        try (SecretValue given = SecretValue.of(text("code", code))) {
            return logins.logIn(user, password, given, request.getRemoteAddr(), agent);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(LoginRefused refused) {
        HttpStatus status = refused.retryAfter() == null ? HttpStatus.UNAUTHORIZED : HttpStatus.TOO_MANY_REQUESTS;
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(refused.getMessage()));
        if (refused.reason() == LoginRefused.Reason.CODE_NEEDED) {
            problem.setProperty("field", "code");
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (refused.retryAfter() != null) {
            answer.header(
                    HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfter().toSeconds()));
        }
        return answer.body(problem);
    }

    private static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw new InvalidInput(field, field + " is needed, of at most " + LONGEST + " characters");
        }
        return text;
    }
}
