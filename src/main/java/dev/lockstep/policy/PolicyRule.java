package dev.lockstep.policy;

import java.util.List;

/**
 * One entry of a policy's {@code applies-to}: it takes the credentials for which all its conditions hold.
 *
 * @param policy the name of the policy
 * @param node where it stands
 * @param conditions none when it takes everything
 */
record PolicyRule(String policy, Node node, List<Condition> conditions) {

    PolicyRule {
        conditions = List.copyOf(conditions);
    }

    /**
     * @param field what is asked, for example {@code environment} or {@code labels.tier}
     * @param wanted the values that will do
     */
    record Condition(String field, List<String> wanted) {

        Condition {
            wanted = List.copyOf(wanted);
        }

        boolean holds(Traits credential) {
            return credential.of(field).filter(wanted::contains).isPresent();
        }
    }

    boolean takes(Traits credential) {
        return conditions.stream().allMatch(condition -> condition.holds(credential));
    }

    /** The rule that asks more wins. */
    int specificity() {
        return conditions.size();
    }
}
