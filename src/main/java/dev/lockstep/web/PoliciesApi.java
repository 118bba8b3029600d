package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.PolicyExplanations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What automation can read about policies. */
@RestController
@RequestMapping(path = "/api/v1/credentials", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Policies", description = "Which policy applies to a credential, and why.")
@ProblemResponses
class PoliciesApi {

    private final PolicyExplanations explanations;

    PoliciesApi(PolicyExplanations explanations) {
        this.explanations = explanations;
    }

    @GetMapping("/{environment}/{team}/{system}/{what}/policy")
    @Operation(
            summary = "Explain a credential's policy",
            description = "Which policy applies and why, which rules lost, and each effective field with the place that"
                    + " it comes from.")
    @MayBeUnknown
    PolicyView explain(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what) {
        CredentialName name = Inputs.name(environment, team, system, what);
        return explanations
                .explain(name)
                .map(explanation -> PolicyView.of(name.value(), explanation))
                .orElseThrow(() -> new NotFound("Nothing describes a credential " + name + ", so no policy applies."));
    }
}
