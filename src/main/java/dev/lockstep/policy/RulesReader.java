package dev.lockstep.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the field {@code applies-to} of policies. */
final class RulesReader {

    private static final String FIELD = "applies-to";

    private final Set<String> targets;
    private final Problems problems;
    private final List<PolicyRule> rules = new ArrayList<>();

    /** @param targets names of the targets, also of refused ones */
    RulesReader(Set<String> targets, Problems problems) {
        this.targets = targets;
        this.problems = problems;
    }

    /** The rules of these documents; a document that does not follow its schema has none. */
    PolicyRules read(List<Documents.Document> policies) {
        for (Documents.Document document : policies) {
            Optional<String> policy = document.node().text("name");
            Optional<Node> field = document.node().at(FIELD);
            if (document.sound() && policy.isPresent() && field.isPresent()) {
                add(policy.get(), field.get());
            }
        }
        return new PolicyRules(rules);
    }

    private void add(String policy, Node field) {
        if (field instanceof Node.Scalar) {
            rules.add(new PolicyRule(policy, field, List.of()));
        }
        field.children().forEach(rule -> rules.add(new PolicyRule(policy, rule, conditions((Node.Mapping) rule))));
    }

    private List<PolicyRule.Condition> conditions(Node.Mapping rule) {
        List<PolicyRule.Condition> conditions = new ArrayList<>();
        rule.fields().forEach((key, node) -> {
            if (node instanceof Node.Mapping labels) {
                for (Map.Entry<String, Node> label : labels.fields().entrySet()) {
                    conditions.add(new PolicyRule.Condition(Traits.LABEL + label.getKey(), wanted(label.getValue())));
                }
            } else {
                conditions.add(new PolicyRule.Condition(key, wanted(node)));
            }
        });
        rule.at("target").ifPresent(this::known);
        return conditions;
    }

    private static List<String> wanted(Node node) {
        return node instanceof Node.Scalar scalar
                ? List.of(scalar.text())
                : node.children().stream()
                        .map(Node.Scalar.class::cast)
                        .map(Node.Scalar::text)
                        .toList();
    }

    private void known(Node target) {
        List<Node> named = target instanceof Node.Scalar ? List.of(target) : target.children();
        for (Node node : named) {
            node.text()
                    .filter(name -> !targets.contains(name))
                    .ifPresent(name ->
                            problems.add(node, "there is no target " + Echo.of(node), Suggestion.of(name, targets)));
        }
    }
}
