package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.port.SecondFactors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** People and programs that log in, for those who give them their roles. */
@RestController
@RequestMapping(path = "/api/v1/users", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Users", description = "Needs the role administrator.")
@ProblemResponses
class UsersApi {

    private final People people;
    private final SecondFactors factors;

    UsersApi(People people, SecondFactors factors) {
        this.people = people;
        this.factors = factors;
    }

    /** Adds a user. */
    record NewUser(
            @Schema(
                    description = "1 to 64 lower-case letters, digits, '.', '_' and '-'; begins with a letter",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "olga")
            @Nullable
            String id,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 200, example = "Olga Operator") @Nullable
            String displayName,

            @Schema(description = ROLES, example = "[\"operator@test\", \"viewer\"]") @Nullable
            List<@Nullable String> roles) {}

    /** Changes what is given. */
    record UserChange(
            @Schema(maxLength = 200, example = "Olga Operator") @Nullable
            String displayName,

            @Schema(description = ROLES, example = "[\"operator\"]") @Nullable
            List<@Nullable String> roles) {}

    private static final String ROLES =
            "viewer, operator, approver, security, auditor, designer, administrator; all but the last two also for"
                    + " an environment, a team or both, as in approver@prod, viewer@*/shop, operator@prod/shop";

    @GetMapping
    @Operation(summary = "List users", description = "In the order of their ids.")
    List<UserView> list() {
        return people.list().stream().map(UserView::of).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a user")
    @MayBeUnknown
    UserView one(@PathVariable String id) {
        return known(id);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Add a user",
            description = "The answer shows a generated password, once. It has to be replaced at the first login.")
    @ApiResponse(responseCode = "201", description = "Added")
    ResponseEntity<FreshLogin> add(@RequestBody NewUser request, Principal user) {
        String id = Objects.requireNonNullElse(request.id(), "");
        String displayName = Objects.requireNonNullElse(request.displayName(), "");
        List<String> roles = request.roles() == null ? List.of() : roles(request.roles());
        try (SecretValue password = people.add(user.getName(), id, displayName, roles)) {
            return ResponseEntity.created(URI.create("/api/v1/users/" + id)).body(FreshLogin.of(known(id), password));
        }
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change a user",
            description = "What is not given stays. New roles replace all former ones and end the user's sessions.")
    @MayBeUnknown
    UserView change(@PathVariable String id, @RequestBody UserChange request, Principal user) {
        known(id);
        if (request.displayName() == null && request.roles() == null) {
            throw new InvalidInput("body", "displayName or roles is needed");
        }
        people.change(
                user.getName(), id, request.displayName(), request.roles() == null ? null : roles(request.roles()));
        return known(id);
    }

    @PostMapping("/{id}/password")
    @Operation(
            summary = "Generate a one-time password",
            description =
                    "The answer shows it, once. The former password is no longer valid, sessions and a lock-out end,"
                            + " and the user has to replace it at the next login.")
    @MayBeUnknown
    FreshLogin resetPassword(@PathVariable String id, Principal user) {
        known(id);
        try (SecretValue password = people.resetPassword(user.getName(), id)) {
            return FreshLogin.of(known(id), password);
        }
    }

    @DeleteMapping("/{id}/second-factor")
    @Operation(
            summary = "Take the second factor away",
            description = "From who has lost it; the user's sessions end. Can be repeated.")
    @MayBeUnknown
    UserView removeSecondFactor(@PathVariable String id, Principal user) {
        known(id);
        factors.remove(user.getName(), id);
        return known(id);
    }

    @PostMapping("/{id}/disable")
    @Operation(summary = "Disable a user", description = "Ends the user's sessions. Can be repeated.")
    @MayBeUnknown
    UserView disable(@PathVariable String id, Principal user) {
        known(id);
        people.disable(user.getName(), id);
        return known(id);
    }

    @PostMapping("/{id}/enable")
    @Operation(summary = "Enable a user again", description = "With the password from before. Can be repeated.")
    @MayBeUnknown
    UserView enable(@PathVariable String id, Principal user) {
        known(id);
        people.enable(user.getName(), id);
        return known(id);
    }

    private UserView known(String id) {
        return people.find(id).map(UserView::of).orElseThrow(() -> new NotFound("There is no such user."));
    }

    private static List<String> roles(List<@Nullable String> roles) {
        return roles.stream().map(role -> Objects.requireNonNullElse(role, "")).toList();
    }
}
