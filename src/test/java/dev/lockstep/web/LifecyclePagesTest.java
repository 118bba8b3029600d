package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.process.Given;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages on which a credential is asked for and its end is requested. */
@WebTest
class LifecyclePagesTest {

    private static final CredentialName ASKED = CredentialName.of("tmp/team/paper/by-page");
    private static final CredentialName DOOMED = CredentialName.of("tmp/team/paper/doomed");

    private final int port;
    private final Operations operations;
    private final Inventory inventory;
    private final Consumers consumers;
    private final PaperCatalog catalog;

    LifecyclePagesTest(
            @LocalServerPort int port,
            @Autowired Operations operations,
            @Autowired Inventory inventory,
            @Autowired Consumers consumers,
            @Autowired PaperCatalog catalog) {
        this.port = port;
        this.operations = operations;
        this.inventory = inventory;
        this.consumers = consumers;
        this.catalog = catalog;
    }

    @BeforeEach
    void somethingToAskFor() {
        catalog.endpoints("paper", "main");
        catalog.put(Given.policy()
                .issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), false))
                .rules());
        catalog.put(Given.policy().principal("page_doomed").consumers("web").credential(DOOMED.value()));
        inventory.register(DOOMED, "paper", null);
        consumers.register(DOOMED, List.of(Consumer.named("web")));
    }

    @AfterEach
    void endWhatWasStarted() {
        for (CredentialName name : List.of(ASKED, DOOMED)) {
            operations.active(name).ifPresent(active -> operations.close(active.id(), Outcome.SUPERSEDED));
        }
        inventory.find(ASKED).ifPresent(entry -> inventory.mark(ASKED, CredentialStatus.DECOMMISSIONED));
        inventory.mark(DOOMED, CredentialStatus.ACTIVE);
    }

    private Visitor person(String role) {
        Visitor visitor = new Visitor(port).browser();
        visitor.logIn(role, Samples.PASSWORD);
        return visitor;
    }

    private static Map<String, String> answers(String token) {
        Map<String, String> answers = new HashMap<>(Map.of(
                "_csrf", token,
                "name", ASKED.value(),
                "owner", "team",
                "kind", "database-user",
                "target", "paper",
                "store", "main",
                "policy", "test"));
        answers.putAll(Map.of("settings", "database=orders\r\nprobe=SELECT 1", "reason", "a <b>report</b>"));
        return answers;
    }

    @Test
    void an_operator_asks_for_a_credential() {
        Visitor operator = person("operator");
        assertThat(operator.get("/").body()).contains("Request a credential");
        String form = operator.get("/credentials/request").body();
        assertThat(form).contains(">test</option>").contains(">paper</option>").contains("name=\"reason\"");

        HttpResponse<String> answer = operator.form("/credentials/request", answers(Visitor.token(form)));

        Operation queued = operations.active(ASKED).orElseThrow();
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(ASKED + "#" + queued.label());
        assertThat(operator.get("/credentials/" + ASKED).body())
                .contains("a request, not by a file")
                .contains(">Cancel</a>");
        String cancel =
                operator.get("/operations/" + queued.label() + "/cancel").body();
        assertThat(cancel).contains("the name is free again");
        operator.form("/operations/" + queued.label() + "/cancel", Map.of("_csrf", Visitor.token(cancel)));
        assertThat(operations.get(queued.id()).rollback()).isTrue();
    }

    @Test
    void what_is_refused_comes_back_with_the_reason_at_its_field_and_as_text() {
        Visitor operator = person("operator");
        Map<String, String> answers =
                answers(Visitor.token(operator.get("/credentials/request").body()));
        answers.put("expires", "\"><script>");

        HttpResponse<String> answer = operator.form("/credentials/request", answers);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("write a life like PT8H")
                .contains("a &lt;b&gt;report&lt;/b&gt;")
                .contains("value=\"" + ASKED)
                .doesNotContain("<script>");
        answers.put("expires", "");
        answers.put("name", DOOMED.value());
        assertThat(operator.form("/credentials/request", answers).statusCode()).isEqualTo(409);
        assertThat(operations.active(ASKED)).isEmpty();
    }

    @Test
    void an_operator_sees_who_reads_it_before_its_end_is_requested() {
        Visitor operator = person("operator");
        assertThat(operator.get("/credentials/" + DOOMED).body()).contains(">Decommission…</a>");
        String question =
                operator.get("/credentials/" + DOOMED + "/decommission").body();
        assertThat(question).contains("Decommission?").contains("<dt>web</dt>").contains("7 d");

        operator.form(
                "/credentials/" + DOOMED + "/decommission",
                Map.of("_csrf", Visitor.token(question), "reason", "switched off"));

        assertThat(operations.active(DOOMED).orElseThrow().process()).isEqualTo("decommission");
        assertThat(operator.get("/credentials/" + DOOMED).body()).contains(">Cancel</a>");
    }

    @Test
    void who_is_no_operator_is_offered_nothing_of_it() {
        Visitor viewer = person("viewer");
        assertThat(viewer.get("/").body()).doesNotContain("Request a credential");
        assertThat(viewer.get("/credentials/" + DOOMED).body()).doesNotContain("Decommission…");
        assertThat(viewer.get("/credentials/request").statusCode()).isEqualTo(403);
        assertThat(viewer.get("/credentials/" + DOOMED + "/decommission").statusCode())
                .isEqualTo(403);
    }
}
