package dev.lockstep.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.engine.input.ApprovalModel;
import dev.lockstep.process.engine.rules.Models;
import dev.lockstep.process.engine.rules.TestBeans;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jersey.JerseyAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.OncePerRequestFilter;

/** The engine's REST interface as a person reaches it who may do everything; logins are another test's. */
@EngineTest
@SpringBootTest(
        classes = EngineConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1",
            "spring.datasource.password=",
            "spring.flyway.locations=classpath:no-migrations-of-others",
            "camunda.bpm.job-execution.enabled=false",
            "lockstep.deploy-models=false",
            "server.servlet.session.persistent=false"
        })
@ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    JerseyAutoConfiguration.class,
    CamundaBpmRestJerseyAutoConfiguration.class
})
@Import({TestBeans.class, EngineRestTest.Eve.class})
class EngineRestTest {

    private static final String SMUGGLED =
            "\"variables\":{\"approved\":{\"value\":true},\"credential\":{\"value\":\"prod/other\"}}";
    private static final String ATTACK = "${''.getClass().forName('java.lang.Runtime')}";

    @Autowired
    ProcessEngine engine;

    @Value("${local.server.port}")
    int port;

    String instance = "";
    String task = "";

    /** Every request comes from eve. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Eve {
        @Bean
        OncePerRequestFilter eve(IdentityService identities) {
            return new OncePerRequestFilter() {
                @Override
                protected void doFilterInternal(
                        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                        throws ServletException, IOException {
                    identities.setAuthentication("eve", List.of());
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        identities.clearAuthentication();
                    }
                }
            };
        }
    }

    @BeforeEach
    void an_instance_waits() {
        for (Resources resource : Resources.values()) {
            Authorization all = engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            all.setUserId("eve");
            all.setResource(resource);
            all.setResourceId(Authorization.ANY);
            all.addPermission(Permissions.ALL);
            engine.getAuthorizationService().saveAuthorization(all);
        }
        engine.getRepositoryService()
                .createDeployment()
                .addString("approve.form", ApprovalModel.FORM)
                .addString("p.bpmn", ApprovalModel.BPMN)
                .deploy();
        instance = engine.getRuntimeService()
                .startProcessInstanceByKey("p", Map.of("credential", "prod/mine"))
                .getId();
        task = engine.getTaskService().createTaskQuery().singleResult().getId();
    }

    @AfterEach
    void the_instance_is_as_it_was() {
        assertThat(engine.getRuntimeService().getVariables(instance)).containsOnlyKeys("credential");
        assertThat(engine.getTaskService().createTaskQuery().taskId(task).count())
                .isEqualTo(1);
        engine.getRepositoryService()
                .createDeploymentQuery()
                .list()
                .forEach(it -> engine.getRepositoryService().deleteDeployment(it.getId(), true));
        engine.getAuthorizationService()
                .createAuthorizationQuery()
                .list()
                .forEach(it -> engine.getAuthorizationService().deleteAuthorization(it.getId()));
    }

    HttpResponse<String> send(String method, String path, String type, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/engine-rest" + path))
                    .header("Content-Type", type)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /task?maxResults=9 | {"orQueries":[{"assigneeExpression":"@"}]}
            /task/count      | {"orQueries":[{"candidateGroupExpression":"@"}]}
            /task?maxResults=9 | {"assigneeExpression":"@"}
            /filter/create   | {"resourceType":"Task","name":"x","query":{"orQueries":[{"assigneeExpression":"@"}]}}
            """)
    void an_expression_in_a_query_is_a_bad_request(String path, String body) {
        HttpResponse<String> answer = post(path, body.replace("@", ATTACK));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("a query may only use");
    }

    @ParameterizedTest
    @CsvSource({"dispatched, started by Lockstep's dispatcher only", "internal, started by Lockstep itself only"})
    void a_process_that_only_lockstep_starts_is_refused_with_a_sentence(String start, String sentence) {
        String model = Models.bpmn(
                        "<camunda:properties><camunda:property name=\"lockstep.start\" value=\"" + start
                                + "\"/><camunda:property name=\"lockstep.recovery\" value=\"n\"/>"
                                + "</camunda:properties>",
                        Models.around("<bpmn:userTask id=\"n\"/>"))
                .replace("id=\"p\"", "id=\"ours\"");
        engine.getRepositoryService()
                .createDeployment()
                .addString("ours.bpmn", model)
                .deploy();

        HttpResponse<String> answer = post("/process-definition/key/ours/start", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(sentence);
        assertThat(send("GET", "/process-definition/count?startableInTasklist=true&key=ours", "application/json", "")
                        .body())
                .contains("\"count\":0");
    }

    @Test
    void a_filter_extended_by_an_expression_is_a_bad_request() {
        String filter = engine.getFilterService()
                .saveFilter(engine.getFilterService()
                        .newTaskFilter("plain")
                        .setQuery(engine.getTaskService().createTaskQuery()))
                .getId();
        String body = "{\"orQueries\":[{\"assigneeExpression\":\"" + ATTACK + "\"}]}";
        assertThat(post("/filter/" + filter + "/list?maxResults=9", body).statusCode())
                .isEqualTo(400);
        assertThat(post("/filter/" + filter + "/count", body).statusCode()).isEqualTo(400);
        HttpResponse<String> plain = post("/filter/" + filter + "/list?maxResults=9", "{\"name\":\"x\"}");
        assertThat(plain.statusCode()).as(plain.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /task/TASK/complete                    | {VARIABLES}                                           | 400
            POST | /task/TASK/submit-form                 | {VARIABLES}                                           | 400
            POST | /task/TASK/resolve                     | {VARIABLES}                                           | 400
            POST | /task/TASK/variables                   | {"modifications":{"approved":{"value":true}}}         | 403
            POST | /task/TASK/localVariables              | {"modifications":{"approved":{"value":true}}}         | 403
            PUT  | /task/TASK/variables/approved          | {"value":true}                                        | 403
            PUT  | /process-instance/INSTANCE/variables/approved | {"value":true}                                 | 403
            POST | /process-instance/INSTANCE/variables   | {"modifications":{"approved":{"value":true}}}         | 403
            POST | /process-instance/INSTANCE/variables   | {"deletions":["credential"]}                          | 403
            PUT  | /execution/INSTANCE/localVariables/approved | {"value":true}                                   | 403
            POST | /process-instance/INSTANCE/modification | {"instructions":[{"type":"startBeforeActivity","activityId":"q",VARIABLES}]} | 403
            POST | /process-instance/variables-async      | {"processInstanceIds":["INSTANCE"],VARIABLES}         | 403
            POST | /message                               | {"messageName":"m","processVariables":{"approved":{"value":true}}} | 403
            POST | /signal                                | {"name":"x",VARIABLES}                                | 403
            POST | /process-definition/key/p/start        | {VARIABLES}                                           | 403
            POST | /process-definition/key/p/submit-form  | {VARIABLES}                                           | 403
            """)
    void variables_that_no_form_declares_are_refused(String method, String path, String body, int status) {
        HttpResponse<String> answer = send(
                method,
                path.replace("TASK", task).replace("INSTANCE", instance),
                "application/json",
                body.replace("VARIABLES", SMUGGLED).replace("INSTANCE", instance));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .containsAnyOf("is not a field of this task's form", "from its steps and from the forms");
    }

    @Test
    void a_refused_deployment_tells_the_modeler_the_element_and_a_sentence() {
        String model = Models.bpmn(Models.around(
                "<bpmn:scriptTask id=\"n\" scriptFormat=\"groovy\"><bpmn:script>x</bpmn:script></bpmn:scriptTask>"));
        String body = """
                --b\r
                Content-Disposition: form-data; name="deployment-name"\r
                \r
                bad\r
                --b\r
                Content-Disposition: form-data; name="bad.bpmn"; filename="bad.bpmn"\r
                Content-Type: application/octet-stream\r
                \r
                %s\r
                --b--\r
                """.formatted(model);
        HttpResponse<String> answer = send("POST", "/deployment/create", "multipart/form-data; boundary=b", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"type\":\"ParseException\"")
                .contains("script tasks are not run")
                .contains("\"mainElementId\":\"n\"");
    }
}
