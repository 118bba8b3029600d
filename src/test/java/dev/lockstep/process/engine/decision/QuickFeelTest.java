package dev.lockstep.process.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The quick answers are those of the complete implementation, whatever stands in a cell and comes as an input. */
class QuickFeelTest {

    private static final FeelEngine COMPLETE = new ScalaFeelEngineFactory().createInstance();
    private static final FeelEngine QUICK = new QuickFeel(COMPLETE);

    private static final List<String> EXPRESSIONS = List.of(
            "match",
            "class",
            "valid",
            "number",
            "nothing",
            "unknown",
            "list",
            "true",
            "false",
            "null",
            "not",
            "of",
            "\"revoke-now\"",
            "\"\"",
            "\" two words \"",
            "\"a\\\"b\"",
            "\"a\\nb\"",
            "\"a\" + \"b\"",
            "match + \"x\"",
            "upper case(match)",
            "1",
            "1 + 1",
            " match ",
            " \"a\" ",
            "if valid then \"a\" else \"b\"",
            "match\"",
            "");

    private static final List<String> TESTS = List.of(
            "\"a\"",
            "\"a\", \"b\"",
            "\"a\",\"b\" , \"c\"",
            "\"\"",
            "not(\"a\")",
            "not(\"\")",
            "true",
            "false",
            "-",
            "\"A\"",
            "\"a\\u0062\"",
            "\"a\", 1",
            "match",
            "null",
            "< 5",
            "[1..5]",
            "\"a\" \"b\"",
            "\"a\",");

    private static final List<Object> INPUTS =
            new ArrayList<>(List.of("a", "b", "c", "A", "", " a", "true", true, false, 3, List.of("a")));

    static {
        INPUTS.add(null);
    }

    private static VariableContext variables(Object input) {
        VariableMap map = Variables.createVariables()
                .putValue("match", "secret")
                .putValue("class", "database-user")
                .putValue("valid", true)
                .putValue("number", 7)
                .putValue("list", List.of("a", "b"))
                .putValue("nothing", null)
                .putValue("cellInput", input);
        return map.asVariableContext();
    }

    @TestFactory
    List<DynamicTest> expressions_have_the_value_that_FEEL_gives_them() {
        return EXPRESSIONS.stream()
                .map(text -> DynamicTest.dynamicTest(
                        '<' + text + '>',
                        () -> assertThat(answer(() -> QUICK.evaluateSimpleExpression(text, variables("a"))))
                                .isEqualTo(answer(() -> COMPLETE.evaluateSimpleExpression(text, variables("a"))))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> tests_fit_what_they_fit_in_FEEL() {
        return TESTS.stream()
                .flatMap(text -> INPUTS.stream()
                        .map(input -> DynamicTest.dynamicTest(
                                '<' + text + "> for " + input,
                                () -> assertThat(answer(() -> fits(QUICK, text, input)))
                                        .isEqualTo(answer(() -> fits(COMPLETE, text, input))))))
                .toList();
    }

    @Test
    void texts_and_names_do_not_reach_the_complete_implementation() {
        AtomicInteger asked = new AtomicInteger();
        FeelEngine quick = new QuickFeel(new FeelEngine() {
            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals") // the interface
            public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
                asked.incrementAndGet();
                return COMPLETE.evaluateSimpleExpression(expression, variables);
            }

            @Override
            public boolean evaluateSimpleUnaryTests(String expression, String input, VariableContext variables) {
                asked.incrementAndGet();
                return COMPLETE.evaluateSimpleUnaryTests(expression, input, variables);
            }
        });

        quick.evaluateSimpleExpression("match", variables("a"));
        quick.evaluateSimpleExpression("\"text\"", variables("a"));
        fits(quick, "\"a\", \"b\"", "a");
        assertThat(asked).hasValue(0);

        fits(quick, "not(\"a\")", "a");
        assertThat(asked).hasValue(1);
    }

    private static boolean fits(FeelEngine engine, String text, Object input) {
        return engine.evaluateSimpleUnaryTests(text, "cellInput", variables(input));
    }

    private interface Question {
        Object ask();
    }

    /** What is refused is refused by both. */
    private static Object answer(Question question) {
        try {
            Object answer = question.ask();
            return answer == null ? "null" : answer;
        } catch (FeelException refused) {
            return FeelException.class;
        }
    }
}
