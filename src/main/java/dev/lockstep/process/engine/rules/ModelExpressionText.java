package dev.lockstep.process.engine.rules;

import dev.lockstep.process.engine.expression.ModelBeans;
import dev.lockstep.process.engine.expression.ModelExpressions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstChoice;
import org.camunda.bpm.impl.juel.AstComposite;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstEval;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstLiteral;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.AstNested;
import org.camunda.bpm.impl.juel.AstParameters;
import org.camunda.bpm.impl.juel.AstText;
import org.camunda.bpm.impl.juel.AstUnary;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/** Reads an expression with the engine's own parser, without evaluating it, and says what in it is not allowed. */
final class ModelExpressionText {

    private static final int LONGEST = 500;
    private static final Set<String> SCOPES = Set.of("execution", "task");
    private static final Set<String> FUNCTIONS = Set.of("currentUser", "currentUserGroups", "now");
    private static final List<Class<? extends Node>> HARMLESS = List.of(
            AstEval.class,
            AstComposite.class,
            AstText.class,
            AstIdentifier.class,
            AstBinary.class,
            AstUnary.class,
            AstChoice.class,
            AstLiteral.class,
            AstNested.class,
            AstFunction.class,
            AstParameters.class);
    private static final Builder PARSER = new Builder(Builder.Feature.METHOD_INVOCATIONS);

    private final ModelBeans beans;

    ModelExpressionText(ModelBeans beans) {
        this.beans = beans;
    }

    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** The one name that {@code ${name}} consists of. */
    static Optional<String> singleName(String text) {
        boolean braces = text.startsWith("${") || text.startsWith("#{");
        if (!braces || !text.endsWith("}")) {
            return Optional.empty();
        }
        String name = text.substring(2, text.length() - 1).strip();
        return isName(name) ? Optional.of(name) : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(Character::isJavaIdentifierPart);
    }

    /** The names that the expression reads; none when it cannot be read. */
    static Set<String> names(String text) {
        Set<String> names = new HashSet<>();
        try {
            PARSER.build(text).getIdentifierNodes().forEach(node -> names.add(node.getName()));
        } catch (TreeBuilderException e) {
            return Set.of();
        }
        return names;
    }

    /** What is wrong with it; empty when it is allowed. */
    Optional<String> complaint(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("an expression has at most " + LONGEST + " characters");
        }
        try {
            return complaint(PARSER.build(text).getRoot());
        } catch (TreeBuilderException e) {
            return Optional.of("the expression cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> complaint(Node node) {
        if (node instanceof AstMethod call) {
            return ofCall(call);
        }
        if (node instanceof AstFunction function && !FUNCTIONS.contains(function.getName())) {
            return Optional.of("the function '" + function.getName() + "' is not allowed in a model");
        }
        if (node instanceof AstIdentifier identifier && isBean(identifier.getName())) {
            return Optional.of("the bean '" + identifier.getName() + "' may be called, but not passed on");
        }
        if (node instanceof AstDot property) {
            return isFact(property) ? Optional.empty() : Optional.of(refusal(node));
        }
        if (!isHarmless(node)) {
            return Optional.of(refusal(node));
        }
        return ofChildren(node);
    }

    private Optional<String> ofCall(AstMethod call) {
        Node target = call.getChild(0);
        boolean onBean = target instanceof AstDot
                && target.getChild(0) instanceof AstIdentifier identifier
                && isBean(identifier.getName());
        return onBean ? ofChildren(call.getChild(1)) : Optional.of(refusal(call));
    }

    private Optional<String> ofChildren(Node node) {
        for (int i = 0; i < node.getCardinality(); i++) {
            Optional<String> complaint = complaint(node.getChild(i));
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private boolean isBean(String name) {
        return beans.type(name).isPresent();
    }

    private static boolean isFact(AstDot property) {
        return property.getChild(0) instanceof AstIdentifier scope
                && SCOPES.contains(scope.getName())
                && ModelExpressions.FACTS.contains(lastName(property));
    }

    private static String lastName(AstDot property) {
        String text = property.toString();
        return text.substring(text.lastIndexOf('.') + 1).strip();
    }

    private static boolean isHarmless(Node node) {
        return HARMLESS.stream().anyMatch(kind -> kind.isInstance(node));
    }

    private static String refusal(Node node) {
        return "'" + node + "' is not allowed in a model: an expression compares variables or calls a bean of models";
    }
}
