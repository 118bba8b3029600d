package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Operations;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class RotationsApiTest {

    private static final CredentialName FREE = CredentialName.of(Samples.FREE);
    private static final String ROTATIONS = "/api/v1/credentials/" + Samples.FREE + "/rotations";
    private static final String CONSUMERS = "/api/v1/credentials/" + Samples.FREE + "/consumers/";

    private final Api operator;
    private final Visitor viewer;
    private final RawRequest raw;
    private final Operations operations;

    RotationsApiTest(@LocalServerPort int port, @Autowired Operations operations) {
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Visitor(port).basic("viewer", Samples.PASSWORD);
        this.raw = new RawRequest(port, "operator");
        this.operations = operations;
    }

    @AfterEach
    void endWhatWasStarted() {
        operations.active(FREE).ifPresent(active -> operations.close(active.id(), Outcome.SUPERSEDED));
    }

    @Test
    void a_rotation_is_accepted_and_leads_to_its_operation() {
        HttpResponse<String> answer = post("{\"reason\": \" a colleague left \", \"emergency\": true}");

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode started = Api.json(answer);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/api/v1/operations/" + started.at("/id").asText());
        JsonNode operation = operator.get(location);
        assertThat(operation.at("/requestedBy").asText()).isEqualTo("operator");
        assertThat(operation.at("/reason").asText()).isEqualTo("a colleague left");
        assertThat(operation.at("/priority").asText()).isEqualTo("emergency");
        assertThat(operation.at("/waitsFor").asText()).isEqualTo("a free worker");
        assertThat(operation.at("/attempts")).isEmpty();
    }

    @Test
    void a_second_rotation_is_a_conflict() {
        assertThat(post("{\"reason\": \"x\"}").statusCode()).isEqualTo(202);

        JsonNode problem = operator.refused(post("{\"reason\": \"x\"}"), 409, null);

        assertThat(problem.at("/detail").asText()).contains("under way");
    }

    @Test
    void only_operators_may_change_something() {
        new Api(viewer).refused(viewer.json("POST", ROTATIONS, "{\"reason\": \"x\"}"), 403, null);
        new Api(viewer)
                .refused(viewer.json("PUT", CONSUMERS + "orders/acknowledgement", "{\"version\": 1}"), 403, null);

        assertThat(operations.active(FREE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | reason",
                "{\"reason\": null}                       | reason",
                "{\"reason\": \"  \"}                     | reason",
                "{\"reason\": \"a\\u0000b\"}              | reason",
                "{\"reason\": \"\\u202Egnp.exe\"}         | reason",
                "{\"reason\": \"\\uD800\"}                | reason",
                "{\"reason\": [\"x\"]}                    | reason",
                "{\"reason\": \"x\", \"emergency\": \"soon\"} | emergency",
                "{\"reason\": \"x\", \"reason\": \"y\"}   | reason",
                "{\"reason\": \"x\", \"password\": \"y\"} | password",
                "{\"reason\": \"x\"} {}                   | body",
                "{\"reason\": \"x\"                       | body",
                "[]                                       | body",
                "\"x\"                                    | body",
                "reason=x                                 | body"
            })
    void a_malformed_body_is_refused_by_its_field(String body, String field) {
        operator.refused(post(body), 400, field);

        assertThat(operations.active(FREE)).isEmpty();
    }

    @Test
    void a_reason_has_at_most_a_thousand_characters() {
        operator.refused(post("{\"reason\": \"" + "x".repeat(1001) + "\"}"), 400, "reason");
        assertThat(post("{\"reason\": \"" + "x".repeat(1000) + "\"}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void no_body_at_all_is_refused() {
        operator.refused(post(""), 400, "body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"reason\":", "{\"reason\":[", "{\"a\":"})
    void a_body_nested_ten_thousand_deep_is_refused(String level) {
        HttpResponse<String> answer = post(level.repeat(10_000));

        assertThat(answer.statusCode()).isIn(400, 413);
        operator.refused(answer, answer.statusCode(), null);
    }

    @Test
    void a_body_of_fifty_megabytes_is_refused_before_it_is_read() {
        RawRequest.Answer answer = raw.send(
                "POST", ROTATIONS, "Content-Type: application/json\r\nContent-Length: 52428800\r\n", "{\"reason\":\"");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.head()).contains("application/problem+json");
        assertThat(answer.body()).contains("\"field\":\"body\"");
    }

    @Test
    void a_body_that_does_not_tell_its_length_is_read_up_to_the_limit_only() {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        RawRequest.Answer answer = raw.send(
                "POST",
                ROTATIONS,
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                "c\r\n{\"reason\": \"\r\n" + chunk.repeat(3) + "2\r\n\"}\r\n0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.head()).contains("application/problem+json");
        assertThat(operations.active(FREE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "no/such-type", "*"})
    void another_media_type_than_json_is_refused(String type) {
        RawRequest.Answer answer = raw.send(
                "POST", ROTATIONS, "Content-Type: " + type + "\r\nContent-Length: 14\r\n", "{\"reason\":\"x\"}");

        assertThat(answer.status()).isIn(400, 415);
        assertThat(answer.head()).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"DELETE, 405", "PATCH, 405", "GET, 405"})
    void another_method_is_refused(String method, int status) {
        operator.refused(operator.visitor().json(method, ROTATIONS, "{}"), status, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {PaperRotations.LEDGER_DOWN, PaperRotations.NO_TRANSACTION})
    void a_part_of_lockstep_that_is_down_is_told_with_its_code_and_when_to_come_back(String reason) {
        HttpResponse<String> answer = post("{\"reason\": \"" + reason + "\"}");

        assertThat(answer.body()).doesNotContain("hunter2");
        JsonNode problem = operator.refused(answer, 503, null);
        assertThat(problem.at("/code").asText()).isEqualTo("ledger-unavailable");
        assertThat(problem.at("/type").asText()).isEqualTo("/runbook#ledger-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void the_text_of_a_defect_stays_inside() {
        HttpResponse<String> answer = post("{\"reason\": \"" + PaperRotations.DEFECT + "\"}");

        operator.refused(answer, 500, null);
        assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("IllegalState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "billing/batch"})
    void a_consumer_can_tell_which_version_it_uses_again_and_again(String consumer) {
        for (int i = 0; i < 2; i++) {
            assertThat(acknowledge(consumer, "{\"version\": 1}").statusCode()).isEqualTo(204);
        }

        JsonNode consumers = operator.get("/api/v1/credentials/" + Samples.FREE).at("/consumers");
        assertThat(consumers).anySatisfy(each -> {
            assertThat(each.at("/name").asText()).isEqualTo(consumer);
            assertThat(each.at("/version").asInt()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"version\": 0}",
                "{\"version\": -1}",
                "{\"version\": 99}",
                "{\"version\": 1.5}",
                "{\"version\": \"one\"}",
                "{\"version\": 99999999999}"
            })
    void a_version_that_is_none_is_refused(String body) {
        operator.refused(acknowledge("orders", body), 400, "version");
    }

    @Test
    void the_glass_can_be_broken_but_not_in_an_emergency() {
        HttpResponse<String> answer = post("{\"reason\": \"x\", \"breakGlass\": true}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(operations.active(FREE).orElseThrow().priority()).isEqualTo(Operation.BREAK_GLASS);
        operator.refused(post("{\"reason\": \"x\", \"breakGlass\": true, \"emergency\": true}"), 400, "breakGlass");
    }

    @Test
    void a_consumer_that_cannot_work_with_a_version_says_why_and_hears_what_follows() {
        for (String consumer : List.of("orders", "billing/batch")) {
            HttpResponse<String> answer =
                    complain(consumer, "{\"version\": 1, \"problem\": \"authentication-failed\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Api.json(answer).at("/rollsBack").asBoolean()).isTrue();
        }
        operator.refused(complain("orders", "{\"version\": 1, \"problem\": \"it hurts\"}"), 400, "problem");
        operator.refused(complain("orders", "{\"version\": 1}"), 400, "problem");
        operator.refused(complain("orders", "{\"problem\": \"unusable\"}"), 400, "version");
        operator.refused(complain("stranger", "{\"version\": 1, \"problem\": \"unusable\"}"), 404, null);
    }

    @Test
    void a_consumer_registers_with_labels_and_is_forgotten_but_not_one_of_the_configuration() {
        String path = CONSUMERS + "reports";
        assertThat(operator.visitor()
                        .json("PUT", path, "{\"labels\": {\"ring\": \"early\"}}")
                        .statusCode())
                .isEqualTo(204);
        JsonNode consumers = operator.get("/api/v1/credentials/" + Samples.FREE).at("/consumers");
        assertThat(consumers).anySatisfy(each -> {
            assertThat(each.at("/name").asText()).isEqualTo("reports");
            assertThat(each.at("/labels/ring").asText()).isEqualTo("early");
        });
        assertThat(operator.visitor().json("DELETE", path, "").statusCode()).isEqualTo(204);
        operator.refused(operator.visitor().json("DELETE", path, ""), 404, null);
        operator.refused(operator.visitor().json("PUT", CONSUMERS + "orders", "{}"), 409, null);
        operator.refused(operator.visitor().json("DELETE", CONSUMERS + "orders", ""), 409, null);
        operator.refused(operator.visitor().json("PUT", CONSUMERS + "a%20b", "{}"), 400, "consumer");
        operator.refused(operator.visitor().json("PUT", path, "{\"labels\": {\"\u202E\": \"x\"}}"), 400, "labels");
    }

    private HttpResponse<String> complain(String consumer, String body) {
        return operator.visitor().json("POST", CONSUMERS + consumer + "/complaints", body);
    }

    @Test
    void an_unknown_consumer_or_credential_is_not_found() {
        operator.refused(acknowledge("stranger", "{\"version\": 1}"), 404, null);
        operator.refused(
                operator.visitor()
                        .json("POST", "/api/v1/credentials/prod/shop/postgres/nobody/rotations", "{\"reason\": \"x\"}"),
                404,
                null);
    }

    @Test
    void an_operation_can_be_rolled_back_by_either_form_of_its_number_while_it_is_active() {
        post("{\"reason\": \"x\"}");
        Operation operation = operations.active(FREE).orElseThrow();

        HttpResponse<String> answer =
                operator.visitor().json("POST", "/api/v1/operations/" + operation.label() + "/roll-back", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(Api.json(answer).at("/rollbackRequested").asBoolean()).isTrue();
        operations.close(operation.id(), Outcome.ROLLED_BACK);
        operator.refused(
                operator.visitor().json("POST", "/api/v1/operations/" + operation.id() + "/roll-back", ""), 409, null);
    }

    @Test
    void what_is_not_quarantined_cannot_be_resumed() {
        post("{\"reason\": \"x\"}");
        String label = operations.active(FREE).orElseThrow().label();

        operator.refused(operator.visitor().json("POST", "/api/v1/operations/" + label + "/resume", ""), 409, null);
        operator.refused(operator.visitor().json("POST", "/api/v1/operations/op-99999/resume", ""), 404, null);
        new Api(viewer).refused(viewer.json("POST", "/api/v1/operations/" + label + "/resume", ""), 403, null);
    }

    private HttpResponse<String> post(String body) {
        return operator.visitor().json("POST", ROTATIONS, body);
    }

    private HttpResponse<String> acknowledge(String consumer, String body) {
        return operator.visitor().json("PUT", CONSUMERS + consumer + "/acknowledgement", body);
    }
}
