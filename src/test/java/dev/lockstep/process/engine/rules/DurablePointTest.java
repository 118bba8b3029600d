package dev.lockstep.process.engine.rules;

import static dev.lockstep.process.engine.rules.Models.bpmn;
import static dev.lockstep.process.engine.rules.Models.flow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.engine.expression.ModelBeans;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Where an outside step may stand. */
class DurablePointTest {

    private static final String RETRY =
            "<bpmn:extensionElements><camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle></bpmn:extensionElements>";
    private static final String DISPATCHED =
            "<camunda:properties><camunda:property name=\"lockstep.start\" value=\"dispatched\"/></camunda:properties>";
    private static final String START = "<bpmn:startEvent id=\"s\"/>";
    private static final String STEP = outside("x", "");
    private static final String TIMER = "<bpmn:timerEventDefinition/>";

    private static String outside(String id, String attributes) {
        return "<bpmn:serviceTask id=\"" + id + "\" camunda:delegateExpression=\"${outsideDelegate}\" " + attributes
                + ">" + RETRY + "</bpmn:serviceTask>";
    }

    private static String sub(String id, String attributes, String body) {
        return "<bpmn:subProcess id=\"" + id + "\" " + attributes + ">" + body + "</bpmn:subProcess>";
    }

    private static List<String> complaints(String extensions, String body) {
        try {
            ModelXml model = ModelXml.read(bpmn(extensions, body).getBytes(StandardCharsets.UTF_8));
            return new OutsideStepRule(new OnlyOutside())
                    .check(model)
                    .map(Finding::toString)
                    .toList();
        } catch (SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSafe(String body) {
        assertThat(complaints("", body)).isEmpty();
    }

    private static void assertUnsafe(String body, String origin) {
        assertThat(complaints("", body))
                .singleElement()
                .asString()
                .contains("from '" + origin + "' it is reached without a durable point");
    }

    @Test
    void a_step_right_behind_a_plain_or_message_start_is_unsafe() {
        assertUnsafe(START + STEP + flow("s", "x"), "s");
        assertUnsafe(
                "<bpmn:startEvent id=\"m\"><bpmn:messageEventDefinition/></bpmn:startEvent>" + STEP + flow("m", "x"),
                "m");
    }

    @Test
    void a_dispatched_or_timed_start_is_a_durable_point() {
        assertThat(complaints(DISPATCHED, START + STEP + flow("s", "x"))).isEmpty();
        assertSafe("<bpmn:startEvent id=\"s\">" + TIMER + "</bpmn:startEvent>" + STEP + flow("s", "x"));
    }

    @Test
    void an_asynchronous_step_or_predecessor_is_a_durable_point() {
        assertSafe(START + outside("x", "camunda:asyncBefore=\"true\"") + flow("s", "x"));
        assertSafe("<bpmn:startEvent id=\"s\" camunda:asyncBefore=\"true\"/>" + STEP + flow("s", "x"));
        assertSafe("<bpmn:startEvent id=\"s\" camunda:asyncAfter=\"true\"/>" + STEP + flow("s", "x"));
        assertUnsafe(START + outside("x", "camunda:asyncBefore=\"false\"") + flow("s", "x"), "s");
        assertUnsafe(START + outside("x", "camunda:asyncAfter=\"true\"") + flow("s", "x"), "s");
    }

    @Test
    void wait_states_are_durable_points() {
        for (String wait : List.of(
                "<bpmn:userTask id=\"w\"/>",
                "<bpmn:receiveTask id=\"w\"/>",
                "<bpmn:serviceTask id=\"w\" camunda:type=\"external\"/>",
                "<bpmn:intermediateCatchEvent id=\"w\">" + TIMER + "</bpmn:intermediateCatchEvent>",
                "<bpmn:intermediateCatchEvent id=\"w\"><bpmn:messageEventDefinition/></bpmn:intermediateCatchEvent>")) {
            assertSafe(START + wait + STEP + flow("s", "w") + flow("w", "x"));
        }
    }

    @Test
    void a_condition_that_may_hold_at_once_and_a_plain_task_are_none() {
        for (String passing : List.of(
                "<bpmn:intermediateCatchEvent id=\"w\"><bpmn:conditionalEventDefinition/></bpmn:intermediateCatchEvent>",
                "<bpmn:manualTask id=\"w\"/>",
                "<bpmn:callActivity id=\"w\"/>")) {
            assertUnsafe(START + passing + STEP + flow("s", "w") + flow("w", "x"), "s");
        }
    }

    @Test
    void one_unsafe_path_of_several_is_enough() {
        assertUnsafe(
                START + "<bpmn:exclusiveGateway id=\"g\"/><bpmn:userTask id=\"w\"/><bpmn:exclusiveGateway id=\"j\"/>"
                        + STEP + flow("s", "g") + flow("g", "w") + flow("w", "j") + flow("g", "j") + flow("j", "x"),
                "s");
    }

    @Test
    void a_loop_back_does_not_hide_the_first_pass() {
        assertUnsafe(
                START + "<bpmn:exclusiveGateway id=\"g\"/>" + STEP + "<bpmn:userTask id=\"w\"/>" + flow("s", "g")
                        + flow("g", "x") + flow("x", "w") + flow("w", "g"),
                "s");
    }

    @Test
    void a_path_runs_into_and_out_of_sub_processes() {
        String inner = "<bpmn:startEvent id=\"i\"/>";
        assertUnsafe(START + sub("u", "", inner + STEP + flow("i", "x")) + flow("s", "u"), "s");
        assertSafe(START + sub("u", "camunda:asyncBefore=\"true\"", inner + STEP + flow("i", "x")) + flow("s", "u"));
        assertUnsafe(START + sub("u", "", inner) + STEP + flow("s", "u") + flow("u", "x"), "s");
        assertSafe(START
                + sub("u", "", inner + "<bpmn:userTask id=\"w\"/>" + flow("i", "w"))
                + STEP
                + flow("s", "u")
                + flow("u", "x"));
        assertUnsafe(
                START
                        + sub(
                                "u",
                                "",
                                inner + "<bpmn:userTask id=\"w\"/><bpmn:endEvent id=\"z\"/>" + flow("i", "w")
                                        + flow("i", "z"))
                        + STEP
                        + flow("s", "u")
                        + flow("u", "x"),
                "s");
    }

    @Test
    void boundary_events_of_time_and_message_are_durable_points_and_errors_are_not() {
        String host = "<bpmn:manualTask id=\"h\"/><bpmn:boundaryEvent id=\"b\" attachedToRef=\"h\">";
        assertSafe(START + host + TIMER + "</bpmn:boundaryEvent>" + STEP + flow("s", "h") + flow("b", "x"));
        assertUnsafe(
                START + host + "<bpmn:errorEventDefinition/></bpmn:boundaryEvent>" + STEP + flow("s", "h")
                        + flow("b", "x"),
                "s");
    }

    @Test
    void event_sub_processes_start_durable_unless_by_an_error() {
        String eventSub = "<bpmn:startEvent id=\"i\">%s</bpmn:startEvent>" + STEP + flow("i", "x");
        assertSafe(START + sub("u", "triggeredByEvent=\"true\"", eventSub.formatted("<bpmn:messageEventDefinition/>")));
        assertUnsafe(
                START + sub("u", "triggeredByEvent=\"true\"", eventSub.formatted("<bpmn:errorEventDefinition/>")), "s");
    }

    @Test
    void an_undo_is_as_safe_as_what_it_undoes_and_gets_no_job_of_its_own() {
        String undo = outside("x", "isForCompensation=\"true\" camunda:asyncBefore=\"true\"")
                + "<bpmn:boundaryEvent id=\"b\" attachedToRef=\"h\"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>"
                + "<bpmn:association id=\"a\" sourceRef=\"b\" targetRef=\"x\"/>";
        assertUnsafe(START + "<bpmn:manualTask id=\"h\"/>" + undo + flow("s", "h"), "s");
        assertSafe(START + "<bpmn:manualTask id=\"h\" camunda:asyncBefore=\"true\"/>" + undo + flow("s", "h"));
    }

    @Test
    void a_link_is_followed_backwards() {
        String link =
                "<bpmn:intermediateThrowEvent id=\"t\"><bpmn:linkEventDefinition name=\"L\"/></bpmn:intermediateThrowEvent>"
                        + "<bpmn:intermediateCatchEvent id=\"c\"><bpmn:linkEventDefinition name=\"L\"/></bpmn:intermediateCatchEvent>";
        assertUnsafe(START + link + STEP + flow("s", "t") + flow("c", "x"), "s");
        assertSafe(
                START + "<bpmn:userTask id=\"w\"/>" + link + STEP + flow("s", "w") + flow("w", "t") + flow("c", "x"));
    }

    @Test
    void a_step_that_nothing_leads_to_is_unsafe() {
        assertUnsafe(STEP, "x");
    }

    @Test
    void a_step_without_retry_rule_is_refused_unless_its_surroundings_have_one() {
        String bare =
                "<bpmn:serviceTask id=\"x\" camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${outsideDelegate}\"/>";
        assertThat(complaints("", START + bare + flow("s", "x")))
                .singleElement()
                .asString()
                .contains("no retry rule");
        assertSafe(
                START + sub("u", "", RETRY + "<bpmn:startEvent id=\"i\"/>" + bare + flow("i", "x")) + flow("s", "u"));
        String counted =
                "<camunda:properties><camunda:property name=\"lockstep.retries\" value=\"policy\"/></camunda:properties>";
        assertThat(complaints(counted, START + bare + flow("s", "x"))).isEmpty();
    }

    @Test
    void a_listener_or_condition_cannot_touch_the_outside() {
        assertThat(complaints("", START + """
                        <bpmn:userTask id="n"><bpmn:extensionElements><camunda:executionListener event="start"
                         delegateExpression="${outsideDelegate}"/></bpmn:extensionElements></bpmn:userTask>""" + flow("s", "n")))
                .singleElement()
                .asString()
                .contains("cannot be called from here");
    }

    private static final class OnlyOutside implements ModelBeans {
        @Override
        public Optional<Class<?>> type(String name) {
            return name.equals("outsideDelegate") ? Optional.of(TestBeans.Outside.class) : Optional.empty();
        }

        @Override
        public Optional<Object> bean(String name) {
            return Optional.empty();
        }

        @Override
        public boolean includes(Object object) {
            return false;
        }
    }
}
