package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.Sightings;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Accounts that nobody manages, on the pages and in the API. */
@WebTest
class UnmanagedTest {

    private static final String PATH = "/api/v1/unmanaged-accounts";
    private static final String ODD = "o'dd\"; DROP ROLE x; --";

    private final int port;
    private final Api operator;
    private final Api viewer;
    private final Sightings sightings;
    private final PaperCatalog catalog;

    UnmanagedTest(@LocalServerPort int port, @Autowired Sightings sightings, @Autowired PaperCatalog catalog) {
        this.port = port;
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
        this.sightings = sightings;
        this.catalog = catalog;
        catalog.endpoints("stage-db", "embedded");
    }

    @BeforeEach
    void seen() {
        sightings.saw("stage-db", List.of(new Principal("backup", null), new Principal(ODD, null)));
        sightings.heed("stage-db", "backup", "test");
    }

    private static HttpResponse<String> post(Api api, String path, Map<String, String> body) {
        return api.visitor()
                .json("POST", path, new ObjectMapper().valueToTree(body).toString());
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }

    private static Map<String, String> account(String principal, String... more) {
        Map<String, String> account = new HashMap<>(Map.of("target", "stage-db", "principal", principal));
        for (int i = 0; i < more.length; i += 2) {
            account.put(more[i], more[i + 1]);
        }
        return account;
    }

    @Test
    void the_list_tells_what_was_seen_and_who_has_decided() {
        assertThat(viewer.get(PATH))
                .extracting(each -> each.at("/principal").asText())
                .containsExactly("backup", ODD);

        JsonNode ignored = Api.json(
                post(operator, PATH + "/ignore", account("backup", "reason", "belongs to the backup program")));

        assertThat(ignored.at("/ignored/by").asText()).isEqualTo("operator");
        assertThat(ignored.at("/ignored/reason").asText()).isEqualTo("belongs to the backup program");
        assertThat(viewer.get(PATH))
                .extracting(each -> each.at("/principal").asText())
                .containsExactly(ODD, "backup");
        JsonNode heeded = Api.json(post(operator, PATH + "/heed", account("backup")));
        assertThat(heeded.has("ignored")).isFalse();
    }

    @Test
    void only_operators_decide() {
        viewer.refused(post(viewer, PATH + "/ignore", account("backup", "reason", "x")), 403, null);
        assertThat(sightings.find("stage-db", "backup").orElseThrow().ignoredAt())
                .isNull();
    }

    @Test
    void an_unknown_account_is_not_found_and_a_reason_is_needed() {
        operator.refused(post(operator, PATH + "/ignore", account("nobody", "reason", "x")), 404, null);
        operator.refused(post(operator, PATH + "/ignore", account("backup")), 400, "reason");
        operator.refused(post(operator, PATH + "/ignore", Map.of("target", "stage-db")), 400, "principal");
    }

    @Test
    void adopting_gives_a_definition_that_quotes_whatever_the_account_is_called() {
        JsonNode answer = Api.json(post(
                operator,
                PATH + "/adopt",
                account(
                        ODD,
                        "name",
                        "prod/shop/postgres/odd",
                        "owner",
                        "shop-team",
                        "policy",
                        "daily",
                        "store",
                        "embedded",
                        "initial",
                        "${env:ODD_PASSWORD}")));

        assertThat(answer.at("/definition").asText()).isEqualTo("""
                kind: Credential
                name: prod/shop/postgres/odd
                owner: shop-team
                class: database-user
                target: stage-db
                store: embedded
                principal: "o'dd\\"; DROP ROLE x; --"
                policy: daily
                initial: "${env:ODD_PASSWORD}"
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "name, Not A Name",
        "name, " + Samples.FINE,
        "owner, 'a: b'",
        "policy, no-such-policy",
        "store, no-such-store",
        "kind, 'x\ny: z'",
        "initial, hunter2-in-plain-text",
    })
    void what_does_not_fit_is_named_and_never_repeated_where_it_could_be_a_secret(String field, String value) {
        Map<String, String> wish = account(
                "backup", "name", "prod/shop/postgres/backup", "owner", "o", "policy", "daily", "store", "embedded");
        wish.put(field, value);

        JsonNode problem =
                operator.refused(post(operator, PATH + "/adopt", wish), 400, field.equals("kind") ? "class" : field);

        assertThat(problem.toString()).doesNotContain("hunter2");
    }

    @Test
    void an_operator_ignores_an_account_on_its_page_and_a_viewer_only_reads() {
        Visitor person = person("operator");
        assertThat(person.get("/").body()).contains("unmanaged accounts");
        assertThat(person.get("/unmanaged-accounts").body())
                .contains("backup")
                .contains("unknown")
                .contains("o&#39;dd&quot;; DROP ROLE x; --");
        String page = person.get("/unmanaged-accounts/one?target=stage-db&principal=backup")
                .body();
        assertThat(page).contains("Show the definition");

        person.form(
                "/unmanaged-accounts/ignore",
                account("backup", "reason", "belongs to the backup", "_csrf", Visitor.token(page)));

        assertThat(sightings.find("stage-db", "backup").orElseThrow().ignoredBy())
                .isEqualTo("operator");
        assertThat(person("viewer")
                        .get("/unmanaged-accounts/one?target=stage-db&principal=backup")
                        .body())
                .contains("belongs to the backup")
                .doesNotContain("Show the definition");
    }

    @Test
    void several_accounts_are_adopted_with_what_they_have_in_common_said_once() {
        String body = """
                {"accounts": [{"target": "stage-db", "principal": "backup"}, {"target": "stage-db", "principal": %s}],
                 "name": "stage/shop/{target}/{principal}", "owner": "shop", "store": "embedded", "policy": "%s",
                 "initial": "${file:/run/secrets/{principal}}"}
                """.formatted(TextNode.valueOf(ODD), onePolicy());

        String definition = Api.json(operator.visitor().json("POST", PATH + "/adopt-all", body))
                .path("definition")
                .asText();

        assertThat(definition.split("---\\n", -1)).hasSize(2);
        assertThat(definition)
                .contains("name: stage/shop/stage-db/backup")
                .contains("initial: \"${file:/run/secrets/backup}\"")
                .contains("name: stage/shop/stage-db/o-dd-drop-role-x");
    }

    @Test
    void several_accounts_need_a_pattern_for_their_names_and_secrets() {
        Map<String, Object> wish = new HashMap<>(Map.of(
                "accounts",
                List.of(account("backup")),
                "name",
                "stage/shop/stage-db/backup",
                "owner",
                "shop",
                "store",
                "embedded",
                "policy",
                onePolicy()));
        operator.refused(adoptAll(wish), 400, "name");
        wish.put("name", "stage/shop/stage-db/{principal}");
        wish.put("initial", "${env:ONE_FOR_ALL}");
        operator.refused(adoptAll(wish), 400, "initial");
        wish.remove("initial");
        wish.put("accounts", List.of());
        operator.refused(adoptAll(wish), 400, "accounts");
        wish.put("accounts", List.of(account("backup"), account("backup")));
        operator.refused(adoptAll(wish), 400, "name");
        wish.put("accounts", List.of(account("nobody")));
        operator.refused(adoptAll(wish), 404, null);
        wish.put("accounts", List.of(account("backup")));
        assertThat(adoptAll(wish).statusCode()).isEqualTo(200);
        viewer.refused(post(viewer, PATH + "/adopt-all", Map.of()), 403, null);
    }

    private HttpResponse<String> adoptAll(Map<String, Object> wish) {
        return operator.visitor()
                .json(
                        "POST",
                        PATH + "/adopt-all",
                        new ObjectMapper().valueToTree(wish).toString());
    }

    @Test
    void the_page_shows_the_definitions_of_those_that_were_chosen() {
        Visitor person = person("operator");
        String page = person.get("/unmanaged-accounts").body();
        assertThat(page).contains("value=\"stage-db backup\"");

        String answer = person.form(
                        "/unmanaged-accounts/adopt-all",
                        Map.of(
                                "_csrf",
                                Visitor.token(page),
                                "account",
                                "stage-db backup",
                                "name",
                                "stage/shop/{target}/{principal}",
                                "owner",
                                "shop",
                                "store",
                                "embedded",
                                "policy",
                                onePolicy()))
                .body();

        assertThat(answer).contains("name: stage/shop/stage-db/backup");
    }

    private String onePolicy() {
        return catalog.policies().stream()
                .filter(policy -> policy.strategy() != Strategy.ALTERNATING)
                .findFirst()
                .orElseThrow()
                .name();
    }
}
