package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which policy applies to a credential, why, and what it says. */
public interface PolicyExplanations {

    /** The explanation; empty when no configuration or request describes the credential. */
    Optional<Explanation> explain(CredentialName name);

    /**
     * @param policy the name of the policy that applies
     * @param why one sentence
     * @param at where the files say so; empty for a credential that was issued on request
     * @param candidates the rules of all policies, the most specific first
     * @param settings what the policy says, defaults included, in the order of its documentation
     */
    record Explanation(
            String policy, String why, Optional<Origin> at, List<Candidate> candidates, List<Setting> settings) {
        public Explanation {
            candidates = List.copyOf(candidates);
            settings = List.copyOf(settings);
        }
    }

    /** A place in the configuration; lines and columns are counted from 1. */
    record Origin(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ':' + line + ':' + column;
        }
    }

    /**
     * A rule that could have decided.
     *
     * @param policy the policy that it belongs to
     * @param at where it stands
     * @param conditions what it asks; none when it takes everything
     * @param why one sentence
     */
    record Candidate(String policy, Origin at, List<Condition> conditions, Verdict verdict, String why) {
        public Candidate {
            conditions = List.copyOf(conditions);
        }
    }

    /** What became of a rule. */
    enum Verdict {
        WON,
        LOST,
        DOES_NOT_MATCH
    }

    /**
     * @param field what is asked, for example {@code environment} or {@code labels.tier}
     * @param wanted the values that will do
     * @param found what the credential has; empty when it has nothing of the kind
     */
    record Condition(String field, List<String> wanted, Optional<String> found, boolean holds) {
        public Condition {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * One effective field.
     *
     * @param field its path, for example {@code retries.attempts}
     * @param says text, a number, true or false, or a list or map of them; null when the field is left out and nothing
     *     takes its place
     * @param at where the file says so; empty when it does not, and this is the default
     */
    record Setting(String field, @Nullable Object says, Optional<Origin> at) {}
}
