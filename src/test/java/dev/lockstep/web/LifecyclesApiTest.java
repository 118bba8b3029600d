package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.process.Given;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The beginning and the end of a credential's life, asked for over the API. */
@WebTest
class LifecyclesApiTest {

    private static final String CREDENTIALS = "/api/v1/credentials";
    private static final String BATCHES = "/api/v1/decommissions";
    private static final CredentialName ASKED = CredentialName.of("tmp/team/paper/asked-for");
    private static final CredentialName DOOMED = CredentialName.of("doomed/team/paper/app");
    private static final String BODY = """
            {"name": "tmp/team/paper/asked-for", "owner": "team", "kind": "database-user", "target": "paper",
             "store": "main", "policy": "test", "reason": "a report"%s}""";

    private final Api operator;
    private final Api viewer;
    private final Operations operations;
    private final Inventory inventory;
    private final Definitions definitions;
    private final PaperCatalog catalog;

    LifecyclesApiTest(
            @LocalServerPort int port,
            @Autowired Operations operations,
            @Autowired Inventory inventory,
            @Autowired Definitions definitions,
            @Autowired PaperCatalog catalog) {
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
        this.operations = operations;
        this.inventory = inventory;
        this.definitions = definitions;
        this.catalog = catalog;
    }

    @BeforeEach
    void somethingToAskFor() {
        catalog.endpoints("paper", "main");
        catalog.put(Given.policy()
                .issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), false))
                .rules());
        catalog.put(Given.policy().principal("doomed").credential(DOOMED.value()));
        inventory.register(DOOMED, "paper", null);
    }

    @AfterEach
    void endWhatWasStarted() {
        for (CredentialName name : List.of(ASKED, DOOMED)) {
            operations.active(name).ifPresent(active -> operations.close(active.id(), Outcome.SUPERSEDED));
            inventory.find(name).ifPresent(entry -> inventory.mark(name, CredentialStatus.DECOMMISSIONED));
        }
        inventory.mark(DOOMED, CredentialStatus.ACTIVE);
    }

    private HttpResponse<String> ask(String more) {
        return operator.visitor().json("POST", CREDENTIALS, BODY.formatted(more));
    }

    private HttpResponse<String> end(String body) {
        return operator.visitor().json("POST", CREDENTIALS + "/" + DOOMED + "/decommission", body);
    }

    @Test
    void a_request_is_accepted_and_leads_to_its_operation() {
        HttpResponse<String> answer = ask(", \"expires\": \"PT8H\", \"labels\": {\"tier\": \"gold\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode operation =
                operator.get(answer.headers().firstValue("Location").orElseThrow());
        assertThat(operation.at("/process").asText()).isEqualTo("issuance");
        assertThat(operation.at("/requestedBy").asText()).isEqualTo("operator");
        Definition definition = definitions.find(ASKED).orElseThrow();
        assertThat(definition.principals()).containsExactly("asked_for");
        assertThat(definition.expires()).map(Object::toString).contains("PT8H");
        JsonNode listed = operator.find(CREDENTIALS + "?q=asked-for", ASKED.value());
        assertThat(listed.at("/status").asText()).isEqualTo("requested");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\": \"tmp/team/paper/asked-for\" | \"name\": \"tmp/../x/y\"     | name",
                "\"name\": \"tmp/team/paper/asked-for\" | \"name\": null               | name",
                "\"owner\": \"team\"                    | \"owner\": \"a b\"           | owner",
                "\"kind\": \"database-user\"            | \"kind\": \"Database\"       | kind",
                "\"target\": \"paper\"                  | \"target\": \"nowhere\"      | target",
                "\"store\": \"main\"                    | \"store\": \"nowhere\"       | store",
                "\"policy\": \"test\"                   | \"policy\": \"none\"         | policy",
                "\"reason\": \"a report\"               | \"reason\": \" \"            | reason",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"expires\": \"tomorrow\"          | expires",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"expires\": \"PT0S\"              | expires",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"expires\": \"PT9999999999999H\"  | expires",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"principals\": [\"a\", \"b\"]     | principals",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"principals\": [\"a\\nb\"]        | principals",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"principals\": [null]             | principals",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"principals\": [\"doomed\"]       | principals",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"mirrors\": [\"main\"]            | mirrors",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"settings\": {\"pwd\": \"x\"}     | settings",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"settings\": {\"a\": null}        | settings",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"settings\": {\"a b\": \"x\"}     | settings",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"labels\": {\"a\": \"\\u202Ex\"}  | labels",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"consumers\": [\"a\", \"a\"]      | consumers",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"consumers\": \"web\"             | consumers",
                "\"owner\": \"team\"                    | \"owner\": \"team\", \"approved\": true                 | approved"
            })
    void what_is_malformed_is_refused_by_its_field(String from, String to, String field) {
        String body = BODY.formatted("").replace(from, to);
        assertThat(body).doesNotContain("%s").contains(to);

        operator.refused(operator.visitor().json("POST", CREDENTIALS, body), 400, field);

        assertThat(definitions.find(ASKED)).isEmpty();
    }

    @Test
    void a_taken_name_is_a_conflict() {
        assertThat(ask("").statusCode()).isEqualTo(202);
        operator.refused(ask(""), 409, null);
        String configured = BODY.formatted("").replace(ASKED.value(), DOOMED.value());
        JsonNode problem = operator.refused(operator.visitor().json("POST", CREDENTIALS, configured), 409, null);
        assertThat(problem.at("/detail").asText()).contains("stands in the configuration");
    }

    @Test
    void the_end_of_a_credential_is_asked_for_and_taken_back() {
        HttpResponse<String> answer = end("{\"reason\": \"switched off\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        Operation operation = operations.active(DOOMED).orElseThrow();
        assertThat(operation.process()).isEqualTo("decommission");
        operator.refused(end("{\"reason\": \"again\"}"), 409, null);
        operator.refused(end("{}"), 400, "reason");
        HttpResponse<String> cancel =
                operator.visitor().json("POST", "/api/v1/operations/" + operation.label() + "/cancel", "");
        assertThat(cancel.statusCode()).isEqualTo(202);
        assertThat(operations.get(operation.id()).rollback()).isTrue();
        operator.refused(
                operator.visitor()
                        .json("POST", CREDENTIALS + "/no/such/credential/here/decommission", "{\"reason\": \"x\"}"),
                404,
                null);
    }

    @Test
    void a_dry_run_tells_what_it_would_take_and_takes_nothing() {
        HttpResponse<String> answer = operator.visitor()
                .json("POST", BATCHES, "{\"environment\": \"doomed\", \"dryRun\": true, \"reason\": \"given up\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Api.json(answer).at("/credentials/0/credential").asText()).isEqualTo(DOOMED.value());
        assertThat(Api.json(answer).at("/credentials/0").has("objection")).isFalse();
        assertThat(operations.active(DOOMED)).isEmpty();
    }

    @Test
    void a_batch_is_queued_and_shows_its_progress() {
        HttpResponse<String> answer =
                operator.visitor().json("POST", BATCHES, "{\"environment\": \"doomed\", \"reason\": \"given up\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(viewer.get(location).at("/progress/underWay").asInt()).isEqualTo(1);
        Operation operation = operations.active(DOOMED).orElseThrow();
        operations.close(operation.id(), Outcome.DECOMMISSIONED);
        JsonNode later = viewer.get(location);
        assertThat(later.at("/progress/decommissioned").asInt()).isEqualTo(1);
        assertThat(later.at("/operations/0/outcome").asText()).isEqualTo("decommissioned");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\": \"x\"}                                            | labels",
                "{\"labels\": {}, \"reason\": \"x\"}                            | labels",
                "{\"labels\": {\"a\": null}, \"reason\": \"x\"}                 | labels",
                "{\"environment\": \"UPPER\", \"reason\": \"x\"}                | environment",
                "{\"environment\": \"doomed\"}                                  | reason",
                "{\"environment\": \"doomed\", \"dryRun\": \"?\", \"reason\": \"x\"} | dryRun"
            })
    void a_selection_that_is_malformed_or_means_everything_is_refused(String body, String field) {
        operator.refused(operator.visitor().json("POST", BATCHES, body), 400, field);

        assertThat(operations.active(DOOMED)).isEmpty();
    }

    @Test
    void an_unknown_batch_is_not_found() {
        viewer.refused(viewer.visitor().get(BATCHES + "/999999"), 404, null);
        viewer.refused(viewer.visitor().get(BATCHES + "/x"), 400, "id");
    }

    @Test
    void only_operators_may_ask() {
        viewer.refused(viewer.visitor().json("POST", CREDENTIALS, BODY.formatted("")), 403, null);
        viewer.refused(
                viewer.visitor().json("POST", BATCHES, "{\"environment\": \"doomed\", \"reason\": \"x\"}"), 403, null);
        viewer.refused(
                viewer.visitor().json("POST", CREDENTIALS + "/" + DOOMED + "/decommission", "{\"reason\": \"x\"}"),
                403,
                null);
        assertThat(operations.active(DOOMED)).isEmpty();
    }
}
