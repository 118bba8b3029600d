package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.People;
import dev.lockstep.process.Given;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An operator of one environment asks for what has the environment in its body. */
@WebTest
class LimitedOperatorTest {

    private static final String USER = "limited.olga";
    private static final String PASSWORD = "my own long password";
    private static final CredentialName OWN = CredentialName.of("tmp/limits/paper/mine");
    private static final CredentialName FOREIGN = CredentialName.of("elsewhere/limits/paper/theirs");

    private final int port;
    private final Visitor olga;
    private final People people;
    private final Inventory inventory;
    private final Operations operations;
    private final PaperCatalog catalog;
    private final AuditReview trail;

    LimitedOperatorTest(
            @LocalServerPort int port,
            @Autowired People people,
            @Autowired Inventory inventory,
            @Autowired Operations operations,
            @Autowired PaperCatalog catalog,
            @Autowired AuditReview trail) {
        this.port = port;
        this.people = people;
        this.olga = new Visitor(port).basic(USER, PASSWORD);
        this.inventory = inventory;
        this.operations = operations;
        this.catalog = catalog;
        this.trail = trail;
    }

    @BeforeEach
    void anOperatorOfOneEnvironment() {
        catalog.endpoints("paper", "main");
        catalog.put(Given.policy()
                .issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), false))
                .rules());
        for (CredentialName name : List.of(OWN, FOREIGN)) {
            catalog.put(Given.policy().principal("limited").credential(name.value()));
            inventory.register(name, "paper", null);
        }
        if (people.find(USER).isEmpty()) {
            try (SecretValue first = people.add("test", USER, "Olga", List.of("operator@tmp"));
                    SecretValue next = SecretValue.of(PASSWORD)) {
                people.replacePassword(USER, first, next);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tmp/limits/paper/new, 202", "prod/limits/paper/new, 403", "tmpx/limits/paper/new, 403"})
    void a_new_credential_is_asked_for_in_the_own_environment_only(String name, int status) {
        HttpResponse<String> answer = olga.json("POST", "/api/v1/credentials", """
                {"name": "%s", "owner": "team", "kind": "database-user", "target": "paper",
                 "store": "main", "policy": "test", "reason": "a report"}""".formatted(name));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.body())
                    .contains("this needs the role operator for")
                    .contains("not just operator@tmp");
            assertThat(trail.entries(new AuditReview.Filter("/api/v1/credentials", null), null, 1)
                            .toString())
                    .contains("access.refused", USER);
            assertThat(operations.active(CredentialName.of(name))).isEmpty();
        } else {
            operations
                    .active(CredentialName.of(name))
                    .ifPresent(operation -> operations.close(operation.id(), Outcome.SUPERSEDED));
            inventory.mark(CredentialName.of(name), CredentialStatus.DECOMMISSIONED);
        }
    }

    @Test
    void on_the_page_it_is_the_same() {
        Visitor page = new Visitor(port).browser();
        page.logIn(USER, PASSWORD);
        HttpResponse<String> form = page.get("/credentials/request");
        assertThat(form.statusCode()).isEqualTo(200);

        HttpResponse<String> refused = page.form(
                "/credentials/request",
                Map.of(
                        "_csrf", Visitor.token(form.body()),
                        "name", "prod/limits/paper/page",
                        "owner", "team",
                        "kind", "database-user",
                        "target", "paper",
                        "store", "main",
                        "policy", "test",
                        "reason", "a report"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"environment": "tmp", "labels": {"for": "limits"}, "dryRun": true, "reason": "r"}  | 200
            {"environment": "prod", "labels": {"for": "limits"}, "dryRun": true, "reason": "r"} | 403
            {"labels": {"for": "limits"}, "dryRun": true, "reason": "r"}                        | 403
            {"labels": {"for": "limits"}, "reason": "r"}                                        | 403
            """)
    void many_are_ended_by_labels_within_the_own_environment_only(String body, int status) {
        HttpResponse<String> answer = olga.json("POST", "/api/v1/decommissions", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(operations.active(FOREIGN)).isEmpty();
    }

    @Test
    void without_the_role_nobody_comes_as_far() {
        for (String role : List.of("viewer", "approver", "auditor")) {
            assertThat(new Visitor(port)
                            .basic(role, Samples.PASSWORD)
                            .json("POST", "/api/v1/decommissions", "{\"environment\": \"tmp\"}")
                            .statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
    }
}
