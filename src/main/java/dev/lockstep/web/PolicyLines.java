package dev.lockstep.web;

import dev.lockstep.port.PolicyExplanations.Candidate;
import dev.lockstep.port.PolicyExplanations.Condition;
import dev.lockstep.port.PolicyExplanations.Explanation;
import dev.lockstep.port.PolicyExplanations.Origin;
import dev.lockstep.port.PolicyExplanations.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation of a policy on the page of a credential. */
record PolicyLines(
        String policy, String why, @Nullable String at, List<CandidateLine> candidates, List<SettingLine> settings) {

    static PolicyLines of(Explanation explanation) {
        return new PolicyLines(
                explanation.policy(),
                explanation.why(),
                explanation.at().map(Origin::toString).orElse(null),
                explanation.candidates().stream().map(CandidateLine::of).toList(),
                explanation.settings().stream().map(SettingLine::of).toList());
    }

    /** A rule. */
    record CandidateLine(String policy, String takes, String verdict, String why, String at) {

        private static CandidateLine of(Candidate candidate) {
            String takes = candidate.conditions().stream()
                    .map(CandidateLine::condition)
                    .collect(Collectors.joining(", "));
            return new CandidateLine(
                    candidate.policy(),
                    takes.isEmpty() ? "everything" : takes,
                    Labels.text(candidate.verdict()).replace('-', ' '),
                    candidate.why(),
                    candidate.at().toString());
        }

        private static String condition(Condition condition) {
            String asked = condition.field() + ' ' + String.join(" or ", condition.wanted());
            return condition.holds()
                    ? asked
                    : asked + " (it is " + condition.found().orElse("not set") + ')';
        }
    }

    /** A field of the policy. */
    record SettingLine(String field, String says, @Nullable String at) {

        private static SettingLine of(Setting setting) {
            return new SettingLine(
                    setting.field(),
                    setting.says() == null ? "–" : text(setting.says()),
                    setting.at().map(Origin::toString).orElse(null));
        }

        private static String text(Object says) {
            if (says instanceof List<?> list) {
                return list.stream().map(SettingLine::text).collect(Collectors.joining(", "));
            }
            if (says instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            return says.toString();
        }
    }
}
