package dev.lockstep.web;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.AccessAnswers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says who may do what, and why, without trying it. */
@RestController
@RequestMapping(path = "/api/v1/access", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Access", description = "About oneself without a role; about others as administrator or auditor.")
@ProblemResponses
class AccessApi {

    private final AccessAnswers answers;

    AccessApi(AccessAnswers answers) {
        this.answers = answers;
    }

    /** Whether somebody may do something. */
    @Schema(name = "AccessExplanation")
    record ExplanationView(
            @Schema(example = "olga") String user,

            @Schema(example = "operate") String action,

            @Schema(
                    description =
                            "missing when it is about all of them, or when environments do not count for the action",
                    example = "prod")
            @Nullable
            String environment,

            @Schema(description = "likewise", example = "shop") @Nullable
            String team,

            boolean allowed,

            @Schema(
                    description = "by which role, or what is missing",
                    example = "this needs the role operator for prod, not just operator@test")
            String reason,

            @Schema(description = "whether a second factor that was given lately is asked for as well")
            boolean freshSecondFactor) {

        static ExplanationView of(AccessAnswers.Answer answer) {
            return new ExplanationView(
                    answer.user(),
                    answer.action(),
                    answer.about().environment(),
                    answer.about().team(),
                    answer.allowed(),
                    answer.reason(),
                    answer.freshFactor());
        }
    }

    @GetMapping("/explanations")
    @Operation(
            summary = "Explain what a user may do",
            description =
                    "By the rules that requests are judged by; nothing is tried. Environment and team narrow each"
                            + " other, and a credential stands for both; without any it is about all. The credential need not exist.")
    @MayBeUnknown
    ExplanationView explain(
            @Parameter(description = "a user's id", example = "olga") @RequestParam String user,
            @Parameter(
                            description = "read, read-audit, review-access, operate, respond, use-engine, deploy, plan,"
                                    + " configure, admit, manage-users or inspect",
                            example = "operate")
                    @RequestParam
                    String action,
            @Parameter(description = "the first segment of names", example = "prod")
                    @RequestParam(required = false)
                    @Nullable
                    String environment,
            @Parameter(description = "the second segment of names", example = "shop")
                    @RequestParam(required = false)
                    @Nullable
                    String team,
            @Parameter(description = "a credential's name", example = "prod/shop/postgres/orders-app")
                    @RequestParam(required = false)
                    @Nullable
                    String credential) {
        if ((environment != null || team != null) && credential != null) {
            throw new InvalidInput("environment", "give environment and team, or a credential, not both");
        }
        Area about = credential == null
                ? new Area(segment("environment", environment), segment("team", team))
                : area(credential);
        return answers.explain(user, action, about)
                .map(ExplanationView::of)
                .orElseThrow(() -> new NotFound("There is no such user."));
    }

    private static @Nullable String segment(String field, @Nullable String text) {
        if (text != null && !Area.isSegment(text)) {
            throw new InvalidInput(field, field + " is a segment of a credential's name");
        }
        return text;
    }

    private static Area area(String credential) {
        try {
            return Area.of(CredentialName.of(credential));
        } catch (InvalidInput refused) {
            throw new InvalidInput("credential", String.valueOf(refused.getMessage()));
        }
    }
}
