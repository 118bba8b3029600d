package dev.lockstep.web;

import dev.lockstep.port.PolicyExplanations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which policy applies to a credential, why, and what it says. */
record PolicyView(
        @Schema(example = "prod/shop/postgres/orders-app") String credential,
        @Schema(example = "monthly-in-place") String policy,

        @Schema(example = "it is the policy of the most specific rule that takes the credential")
        String why,

        @Schema(description = "where the files say so; missing for a credential that was issued on request") @Nullable
        Origin at,

        @Schema(description = "the rules of all policies, the most specific first")
        List<Candidate> candidates,

        @Schema(description = "what the policy says, defaults included")
        List<Setting> settings) {

    /** A place in the configuration. */
    @Schema(name = "Origin")
    record Origin(
            @Schema(example = "config/policies/app.yaml") String file, int line, int column) {

        private static Origin of(PolicyExplanations.Origin at) {
            return new Origin(at.file(), at.line(), at.column());
        }
    }

    /** A rule that could have decided. */
    @Schema(name = "PolicyCandidate")
    record Candidate(
            String policy,
            Origin at,
            List<Condition> conditions,

            @Schema(example = "won", description = "won, lost or does-not-match")
            String verdict,

            String why) {

        private static Candidate of(PolicyExplanations.Candidate candidate) {
            return new Candidate(
                    candidate.policy(),
                    Origin.of(candidate.at()),
                    candidate.conditions().stream().map(Condition::of).toList(),
                    Labels.text(candidate.verdict()),
                    candidate.why());
        }
    }

    /** What a rule asks. */
    @Schema(name = "PolicyCondition")
    record Condition(
            @Schema(example = "labels.tier") String field,

            @Schema(description = "the values that will do", example = "[\"gold\"]")
            List<String> wanted,

            @Schema(description = "what the credential has; missing when it has nothing of the kind", example = "gold")
            @Nullable
            String found,

            boolean holds) {

        private static Condition of(PolicyExplanations.Condition condition) {
            return new Condition(
                    condition.field(), condition.wanted(), condition.found().orElse(null), condition.holds());
        }
    }

    /** An effective field. */
    @Schema(name = "PolicySetting")
    record Setting(
            @Schema(example = "rotate.every") String field,

            @Schema(
                    description =
                            "text, a number, true or false, or a list or mapping of them; missing when the field is"
                                    + " left out and nothing takes its place",
                    example = "P30D")
            @Nullable
            Object says,

            @Schema(description = "where the file says so; missing when this is the default") @Nullable
            Origin at) {

        private static Setting of(PolicyExplanations.Setting setting) {
            return new Setting(
                    setting.field(),
                    setting.says(),
                    setting.at().map(Origin::of).orElse(null));
        }
    }

    static PolicyView of(String credential, PolicyExplanations.Explanation explanation) {
        return new PolicyView(
                credential,
                explanation.policy(),
                explanation.why(),
                explanation.at().map(Origin::of).orElse(null),
                explanation.candidates().stream().map(Candidate::of).toList(),
                explanation.settings().stream().map(Setting::of).toList());
    }
}
