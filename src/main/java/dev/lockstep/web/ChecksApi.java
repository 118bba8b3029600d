package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Finding;
import dev.lockstep.port.LoginChecks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries whether credentials log in. */
@RestController
@Tag(name = "Credentials")
@ProblemResponses
class ChecksApi {

    private final LoginChecks checks;
    private final CredentialRows rows;

    ChecksApi(LoginChecks checks, CredentialRows rows) {
        this.checks = checks;
        this.rows = rows;
    }

    /** What came of a check. */
    @Schema(name = "LoginCheck")
    record CheckView(
            @Schema(example = "prod/shop/postgres/orders-app")
            String credential,

            @Schema(description = "the version that was tried")
            int version,

            @Schema(description = "whether it logs in and passes the probe")
            boolean ok,

            @Schema(description = "what is wrong; missing when nothing is") @Nullable
            FailureView failure) {

        static CheckView of(LoginChecks.Result result) {
            Finding finding = result.finding().orElse(null);
            return new CheckView(
                    result.version().credential().value(),
                    result.version().version(),
                    finding == null,
                    finding == null ? null : FailureView.of(finding.code(), finding.detail()));
        }
    }

    @PostMapping(
            path = "/api/v1/credentials/{environment}/{team}/{system}/{what}/check",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Log in with a credential",
            description = "Tries the version that applications read at the target, once. A login that is refused is an"
                    + " answer like any other, with status 200. Needs the role operator.")
    @ApiResponse(responseCode = "200", description = "Tried")
    @MayConflict
    CheckView check(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            Principal user) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        return CheckView.of(checks.check(name, user.getName()));
    }
}
