package dev.lockstep.process.engine.rules;

import static dev.lockstep.process.engine.rules.Models.around;
import static dev.lockstep.process.engine.rules.Models.bpmn;
import static dev.lockstep.process.engine.rules.Models.definitions;
import static dev.lockstep.process.engine.rules.Models.dmn;
import static dev.lockstep.process.engine.rules.Models.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.process.engine.EngineTest;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@EngineTest
@Import(TestBeans.class)
class DeploymentRulesTest {

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @AfterEach
    void the_engine_is_unharmed_and_takes_a_good_model() {
        Deployment good = deploy("good.bpmn", bpmn(around("<bpmn:userTask id=\"n\"/>")));
        assertThat(runtime.startProcessInstanceByKey("p").isEnded()).isFalse();
        repository.createDeploymentQuery().list().forEach(it -> repository.deleteDeployment(it.getId(), true));
        assertThat(good.getId()).isNotNull();
    }

    Deployment deploy(String name, String content) {
        return repository.createDeployment().addString(name, content).deploy();
    }

    AbstractThrowableAssert<?, ?> assertRefused(String name, String content) {
        long before = repository.createDeploymentQuery().count();
        Instant begin = Instant.now();
        var refusal = assertThatThrownBy(() -> deploy(name, content)).isInstanceOf(ParseException.class);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
        return refusal;
    }

    AbstractThrowableAssert<?, ?> assertRefused(String body) {
        return assertRefused("bad.bpmn", bpmn(around(body)));
    }

    static Stream<String> goodNodes() {
        return Stream.of(
                "<bpmn:serviceTask id=\"n\" camunda:delegateExpression=\"${quietDelegate}\"/>",
                "<bpmn:serviceTask id=\"n\" camunda:expression=\"${grace.over(credential)}\" camunda:resultVariable=\"x\"/>",
                "<bpmn:serviceTask id=\"n\" camunda:type=\"external\" camunda:topic=\"t\"/>",
                "<bpmn:userTask id=\"n\" name=\"${a == 'b' and not empty c ? d : 7}\" camunda:formRef=\"x\""
                        + " camunda:formRefBinding=\"latest\" camunda:candidateGroups=\"${group}\"/>",
                "<bpmn:callActivity id=\"n\" calledElement=\"other\"><bpmn:extensionElements>"
                        + "<camunda:in businessKey=\"#{execution.processBusinessKey}\"/></bpmn:extensionElements>"
                        + "</bpmn:callActivity>",
                timer("timeDuration", "PT10M"),
                timer("timeDuration", "${wait}"),
                timer("timeDate", "2030-01-31T10:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("goodNodes")
    void a_model_that_keeps_to_the_rules_is_taken(String node) {
        assertThat(deploy("p.bpmn", bpmn(around(node))).getId()).isNotNull();
    }

    static String timer(String kind, String text) {
        return """
                <bpmn:intermediateCatchEvent id="n"><bpmn:timerEventDefinition>
                <bpmn:%1$s xsi:type="bpmn:tFormalExpression">%2$s</bpmn:%1$s>
                </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>""".formatted(kind, text);
    }

    @Test
    void a_process_without_time_to_live_or_version_tag_is_refused() {
        String process = "<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/></bpmn:process>";
        assertRefused("bad.bpmn", definitions(process))
                .hasMessageContaining("'bad.bpmn' is refused")
                .hasMessageContaining("no history time to live")
                .hasMessageContaining("no version tag")
                .hasMessageContaining("(at 'p')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<camunda:property name=\"lockstep.recovery\" value=\"elsewhere\"/>",
                "<camunda:property name=\"lockstep.recovery\" value=\"\"/>"
            })
    void a_dispatched_process_that_does_not_say_where_recovery_begins_is_refused(String recovery) {
        String extensions = "<camunda:properties><camunda:property name=\"lockstep.start\" value=\"dispatched\"/>"
                + recovery + "</camunda:properties>";
        assertRefused("bad.bpmn", bpmn(extensions, around("<bpmn:userTask id=\"n\"/>")))
                .hasMessageContaining("lockstep.recovery")
                .hasMessageContaining("(at 'p')");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <bpmn:scriptTask id="n" scriptFormat="groovy"><bpmn:script>x</bpmn:script></bpmn:scriptTask> | script tasks are not run
            <bpmn:scriptTask id="n" scriptFormat="js" camunda:resource="deployment://x.js"/> | external scripts are not run
            <bpmn:serviceTask id="n" camunda:class="java.lang.Runtime"/> | Java classes may not be named
            <bpmn:serviceTask id="n" activiti:class="java.lang.Runtime"/> | Java classes may not be named
            <bpmn:serviceTask id="n" camunda:type="shell"/> | tasks of type 'shell' are not run
            <bpmn:serviceTask id="n" activiti:type="mail"/> | tasks of type 'mail' are not run
            <bpmn:serviceTask id="n"><bpmn:extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector></bpmn:extensionElements></bpmn:serviceTask> | connectors are not run
            <bpmn:userTask id="n"><bpmn:extensionElements><camunda:taskListener event="create"><camunda:script scriptFormat="js">x</camunda:script></camunda:taskListener></bpmn:extensionElements></bpmn:userTask> | inline scripts are not run
            <bpmn:userTask id="n"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="js">x</camunda:script></camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:userTask> | inline scripts are not run
            <bpmn:userTask id="n"><bpmn:extensionElements><camunda:executionListener event="start" class="x.Y"/></bpmn:extensionElements></bpmn:userTask> | Java classes may not be named
            <bpmn:userTask id="n" camunda:formKey="embedded:deployment:x.html"/> | refer to a Camunda Form
            <bpmn:userTask id="n" camunda:formHandlerClass="x.Y"/> | Java classes may not be named
            <bpmn:userTask id="n"><bpmn:extensionElements><camunda:formData><camunda:formField id="a" type="string"/></camunda:formData></bpmn:extensionElements></bpmn:userTask> | embedded form fields are not used
            <bpmn:callActivity id="n" calledElement="x" camunda:variableMappingClass="x.Y"/> | Java classes may not be named
            <bpmn:serviceTask id="n" camunda:delegateExpression="${hidden}"/> | '${hidden}' names no delegate of Lockstep
            <bpmn:serviceTask id="n" camunda:delegateExpression="${dataSource}"/> | '${dataSource}' names no delegate of Lockstep
            <bpmn:serviceTask id="n" camunda:delegateExpression="${which}"/> | '${which}' names no delegate of Lockstep
            <bpmn:serviceTask id="n" camunda:delegateExpression="${a ? quietDelegate : quietDelegate}"/> | names no delegate of Lockstep
            <bpmn:userTask id="n"><bpmn:extensionElements><camunda:taskListener event="create" delegateExpression="${hidden}"/></bpmn:extensionElements></bpmn:userTask> | names no delegate of Lockstep
            """)
    void code_in_a_model_is_refused(String node, String sentence) {
        assertRefused(node).hasMessageContaining(sentence).hasMessageContaining("(at 'n')");
    }

    @Test
    void a_condition_in_a_scripting_language_is_refused() {
        String flow = """
                <bpmn:sequenceFlow id="f" sourceRef="n" targetRef="e"><bpmn:conditionExpression
                 xsi:type="bpmn:tFormalExpression" language="groovy">true</bpmn:conditionExpression></bpmn:sequenceFlow>""";
        assertRefused(
                        "bad.bpmn",
                        bpmn("<bpmn:startEvent id=\"s\"/><bpmn:exclusiveGateway id=\"n\"/><bpmn:endEvent id=\"e\"/>"
                                + flow("s", "n") + flow))
                .hasMessageContaining("a condition is an expression such as ${approved}");
    }

    static Stream<String> badExpressions() {
        return Stream.of(
                "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('id')}",
                "${''.class}",
                "#{''.class.classLoader}",
                "${hidden.reach()}",
                "${execution.getProcessEngineServices().getRuntimeService()}",
                "${execution.processEngineServices.runtimeService}",
                "${grace.over(''.getClass())}",
                "${grace.getClass().forName('x')}",
                "${grace['getClass']()}",
                "${quietDelegate}",
                "${map['x']}",
                "${a == hidden.reach()}",
                "plain ${a} and ${hidden.reach()}",
                "${dateTime().toDate()}",
                "${");
    }

    @ParameterizedTest
    @MethodSource("badExpressions")
    void an_expression_that_does_more_than_compare_is_refused_wherever_it_stands_and_never_evaluated(
            String expression) {
        int before = TestBeans.REACHED.get();
        String text = expression.replace("'", "&apos;");
        assertRefused("<bpmn:userTask id=\"n\" name=\"" + text + "\"/>");
        assertRefused("<bpmn:userTask id=\"n\" camunda:assignee=\"" + text + "\"/>");
        assertRefused("<bpmn:userTask id=\"n\"><bpmn:documentation>" + text + "</bpmn:documentation></bpmn:userTask>");
        assertRefused("<bpmn:serviceTask id=\"n\" camunda:expression=\"" + text + "\"/>");
        assertRefused("<bpmn:serviceTask id=\"n\" activiti:expression=\"" + text + "\"/>");
        assertRefused("<bpmn:callActivity id=\"n\" calledElement=\"" + text + "\"/>");
        assertRefused("""
                <bpmn:userTask id="n"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a">
                <camunda:list><camunda:value>%s</camunda:value></camunda:list></camunda:inputParameter>
                </camunda:inputOutput></bpmn:extensionElements></bpmn:userTask>""".formatted(text));
        assertRefused("""
                <bpmn:userTask id="n"><bpmn:extensionElements><camunda:taskListener event="create" expression="%s"/>
                </bpmn:extensionElements></bpmn:userTask>""".formatted(text));
        assertRefused(timer("timeDuration", text));
        assertThat(TestBeans.REACHED).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT", "PT-1H", "-PT1H", "PT0S", "ten minutes", "P1000Y", "R/PT1M", "1h", ""})
    void a_malformed_or_impossible_duration_is_refused(String text) {
        assertRefused(timer("timeDuration", text)).hasMessageContaining("duration");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            R/PT0S | is not positive
            R/PT1S | fires more often than every 2 seconds
            R3/PT0.1S | fires more often than every 2 seconds
            R/2020-01-01T00:00:00/PT10S | is counted from a fixed date
            R/PT10S/2040-01-01T00:00:00 | is counted from a fixed date
            R/PT | is no duration
            R | is no cycle
            0 0 0 31 2 ? | never fires
            * * * * * ? | fires more often than every 2 seconds
            0 0 25 * * ? | is no cron expression
            often | is no cron expression
            """)
    void a_cycle_that_spins_or_never_fires_is_refused(String text, String sentence) {
        String start = """
                <bpmn:startEvent id="s"><bpmn:timerEventDefinition><bpmn:timeCycle
                 xsi:type="bpmn:tFormalExpression">%s</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
                <bpmn:endEvent id="e"/>""".formatted(text);
        assertRefused("bad.bpmn", bpmn(start + flow("s", "e")))
                .hasMessageContaining(sentence)
                .hasMessageContaining("(at 's')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R/PT10M", "R3/PT5S", "0 0 4 * * ?", "0 0/5 * * * ?", "0 0 0 29 2 ?"})
    void a_sensible_cycle_is_taken(String text) {
        assertThat(TimerText.ofCycle(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"often", "R5/PT", "R/PT1M", "R0/PT1M", "PT10S,often", "PT10S,", "5"})
    void a_retry_rule_that_the_engine_would_ignore_is_refused(String text) {
        assertRefused("""
                <bpmn:serviceTask id="n" camunda:asyncBefore="true" camunda:delegateExpression="${quietDelegate}">
                <bpmn:extensionElements><camunda:failedJobRetryTimeCycle>%s</camunda:failedJobRetryTimeCycle>
                </bpmn:extensionElements></bpmn:serviceTask>""".formatted(text)).hasMessageContaining("retry rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10S,PT1M,PT5M", "R5/PT1M", "${retries}"})
    void a_good_retry_rule_is_taken(String text) {
        assertThat(deploy("p.bpmn", bpmn(around("""
                        <bpmn:serviceTask id="n" camunda:asyncBefore="true" camunda:delegateExpression="${outsideDelegate}">
                        <bpmn:extensionElements><camunda:failedJobRetryTimeCycle>%s</camunda:failedJobRetryTimeCycle>
                        </bpmn:extensionElements></bpmn:serviceTask>""".formatted(text)))).getId()).isNotNull();
    }

    @Test
    void a_share_for_a_new_version_is_in_percent() {
        String model = bpmn(around("<bpmn:userTask id=\"n\"/>"));
        String asks =
                "<camunda:properties><camunda:property name=\"lockstep.rollout\" value=\"%s\"/></camunda:properties>";
        String ofOperations = asks.replace(
                "<camunda:properties>",
                "<camunda:properties><camunda:property name=\"lockstep.retries\" value=\"policy\"/>");
        String ofProcess = "<bpmn:extensionElements>";
        assertRefused("bad.bpmn", model.replaceFirst(ofProcess, ofProcess + asks.formatted("half")))
                .hasMessageContaining("'lockstep.rollout' is 'half'; write a share such as 5%");
        assertRefused("bad.bpmn", model.replaceFirst(ofProcess, ofProcess + asks.formatted("5%")))
                .hasMessageContaining("is not run by operations of credentials");
        assertThat(deploy("p.bpmn", model.replaceFirst(ofProcess, ofProcess + ofOperations.formatted("5%")))
                        .getId())
                .isNotNull();
    }

    @Test
    void a_form_that_is_bound_to_its_deployment_comes_with_it() {
        String model =
                bpmn(around("<bpmn:userTask id=\"n\" camunda:formRef=\"x\" camunda:formRefBinding=\"deployment\"/>"));
        assertRefused("bad.bpmn", model)
                .hasMessageContaining("the form 'x' is bound to this deployment, which does not bring it")
                .hasMessageContaining("(at 'n')");
        Deployment together = repository
                .createDeployment()
                .addString("p.bpmn", model)
                .addString("x.form", "{\"id\":\"x\",\"type\":\"default\",\"components\":[]}")
                .deploy();
        assertThat(together.getId()).isNotNull();
    }

    @Test
    void a_document_type_is_refused_in_every_kind_of_model() {
        String doctype = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>";
        String bpmn = bpmn(around("<bpmn:userTask id=\"n\"/>")).replace("?>", "?>" + doctype);
        assertRefused("bad.bpmn", bpmn).hasMessageContaining("DOCTYPE");
        assertRefused("bad.dmn", dmn("", "\"a\"").replace("?>", "?>" + doctype)).hasMessageContaining("DOCTYPE");
    }

    @Test
    void broken_or_endlessly_nested_xml_is_refused() {
        assertRefused("bad.bpmn", "<bpmn").hasMessageContaining("the XML is not accepted");
        assertRefused("bad.bpmn", bpmn("<bpmn:subProcess>".repeat(10_000) + "</bpmn:subProcess>".repeat(10_000)))
                .hasMessageContaining("the XML is not accepted");
    }

    @Test
    void other_kinds_of_files_are_refused() {
        assertRefused("evil.js", "x").hasMessageContaining("only .bpmn, .dmn and .form files");
        assertRefused("form.html", "<script/>").hasMessageContaining("only .bpmn, .dmn and .form files");
        assertRefused("case.cmmn", "<x/>").hasMessageContaining("only .bpmn, .dmn and .form files");
        assertRefused("../p.bpmn", "<x/>").hasMessageContaining("plain name");
        assertRefused("x.form", "{").hasMessageContaining("the form is no JSON");
        assertRefused("x.form", "[]").hasMessageContaining("a form is JSON with an id and components");
    }

    @ParameterizedTest
    @ValueSource(strings = {"juel", "groovy", "javascript", "http://www.w3.org/1999/XPath"})
    void a_decision_in_another_language_than_feel_is_refused(String language) {
        assertRefused("bad.dmn", dmn("expressionLanguage=\"" + language + "\"", "true"))
                .hasMessageContaining("decisions are written in FEEL")
                .hasMessageContaining("(at 'r1')");
    }

    @Test
    void a_decision_that_calls_java_is_refused_and_one_in_feel_is_taken() {
        String call = "function(x) external { java: { class: \"java.lang.Runtime\" } }";
        assertRefused("bad.dmn", dmn("", call)).hasMessageContaining("outside of FEEL");
        assertThat(deploy("good.dmn", dmn("expressionLanguage=\"feel\"", "\"leak\""))
                        .getId())
                .isNotNull();
    }
}
