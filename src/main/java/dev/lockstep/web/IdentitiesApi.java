package dev.lockstep.web;

import dev.lockstep.domain.Identity;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Identities;
import dev.lockstep.port.MachineLogins;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Programs that read secrets, what they log in with, and what they hold. */
@RestController
@RequestMapping(path = "/api/v1/identities", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Identities", description = "Changes need the role operator, for all environments, or administrator.")
@ProblemResponses
class IdentitiesApi {

    private final Identities identities;
    private final MachineLogins logins;

    IdentitiesApi(Identities identities, MachineLogins logins) {
        this.identities = identities;
        this.logins = logins;
    }

    /** Asks for a secret_id. */
    record Wanted(
            @Schema(description = "how long it is valid; what the identity says when left out", example = "P30D")
            @Nullable
            String life) {}

    @GetMapping
    @Operation(summary = "List identities", description = "In the order of their names.")
    List<IdentityView> list() {
        return identities.identities().stream().map(IdentityView::of).toList();
    }

    @GetMapping("/{name}")
    @Operation(summary = "Show an identity, its secret_ids and its tokens", description = "None of their values.")
    @MayBeUnknown
    IdentityView.Whole one(@PathVariable String name) {
        return new IdentityView.Whole(
                IdentityView.of(known(name)),
                logins.secretIds(name).stream().map(IdentityView.SecretId::of).toList(),
                logins.tokens(name).stream().map(IdentityView.Token::of).toList());
    }

    @PostMapping(path = "/{name}/secret-ids", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Issue a secret_id", description = "The answer shows it, once.")
    @ApiResponse(responseCode = "201", description = "Issued")
    @MayBeUnknown
    ResponseEntity<IdentityView.FreshSecretId> issue(
            @PathVariable String name, @RequestBody Wanted request, Principal user) {
        known(name);
        MachineLogins.Issued issued = logins.issue(name, life(request.life()), user.getName());
        try (SecretValue secret = issued.secret()) {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .body(IdentityView.FreshSecretId.of(name, issued.secretId(), secret));
        }
    }

    @DeleteMapping("/{name}/secret-ids/{accessor}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a secret_id", description = "And the tokens that were logged in with it.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    @MayBeUnknown
    void revokeSecretId(@PathVariable String name, @PathVariable String accessor, Principal user) {
        if (!logins.revokeSecretId(name, accessor, user.getName())) {
            throw new NotFound("There is no such secret_id.");
        }
    }

    @DeleteMapping("/{name}/tokens/{accessor}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a token", description = "And those that it has made.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    @MayBeUnknown
    void revokeToken(@PathVariable String name, @PathVariable String accessor, Principal user) {
        if (!logins.revokeToken(name, accessor, user.getName())) {
            throw new NotFound("There is no such token.");
        }
    }

    @DeleteMapping("/{name}/tokens")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke all tokens of an identity", description = "Also of one that is configured no more.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    void revokeTokens(@PathVariable String name, Principal user) {
        logins.revokeTokens(name, user.getName());
    }

    private Identity known(String name) {
        return identities
                .identity(name)
                .orElseThrow(() -> new NotFound("The configuration has no identity of that name."));
    }

    private static Optional<Duration> life(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text.strip()));
        } catch (DateTimeParseException e) {
            throw new InvalidInput("life", "write a duration like P30D or PT12H");
        }
    }
}
