package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class CredentialsApiTest {

    private final Api api;
    private final int port;

    CredentialsApiTest(@LocalServerPort int port) {
        this.port = port;
        this.api = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
    }

    @Test
    void the_list_joins_configuration_inventory_versions_and_operations() {
        JsonNode fine = api.find("/api/v1/credentials?size=500", Samples.FINE);

        assertThat(fine.at("/owner").asText()).isEqualTo("shop");
        assertThat(fine.at("/strategy").asText()).isEqualTo("in-place");
        assertThat(fine.at("/currentVersion").asInt()).isEqualTo(3);
        assertThat(fine.at("/lastOutcome").asText()).isEqualTo("rotated");
        assertThat(fine.at("/nextRotationAt").asText()).endsWith("Z");
        assertThat(fine.has("activeOperation")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        Samples.FINE + ", ok",
        Samples.IN_GRACE + ", running",
        Samples.RETRYING + ", running",
        Samples.WAITING + ", waiting",
        Samples.OVERDUE + ", overdue",
        Samples.QUARANTINED + ", quarantined",
        Samples.CONTAINED + ", contained",
        Samples.FAILED + ", failed",
        Samples.UNMANAGED + ", unmanaged",
        Samples.ON_DEMAND + ", ok"
    })
    void each_credential_shows_what_to_know_first(String name, String state) {
        assertThat(api.get("/api/v1/credentials/" + name)
                        .at("/credential/state")
                        .asText())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "environment=stage, 1",
        "environment=prod&team=pay, 4",
        "environment=prod&status=contained, 1",
        "environment=prod&status=unmanaged, 1",
        "state=quarantined, 1",
        "environment=prod&q=ALTERNATING, 1",
        "q=orders-app, 2",
        "q=nothing%20like%20this, 0"
    })
    void filters_narrow_each_other(String query, int expected) {
        JsonNode page = api.get("/api/v1/credentials?" + query);

        assertThat(page.at("/totalItems").asInt()).isEqualTo(expected);
        assertThat(page.at("/items")).hasSize(expected);
    }

    @Test
    void pages_cover_the_list_without_gap_or_overlap() {
        JsonNode all = api.get("/api/v1/credentials?environment=prod&size=500");
        int total = all.at("/totalItems").asInt();
        StringBuilder names = new StringBuilder();
        int pages = api.get("/api/v1/credentials?environment=prod&size=4")
                .at("/totalPages")
                .asInt();
        for (int page = 0; page < pages; page++) {
            api.get("/api/v1/credentials?environment=prod&size=4&page=" + page)
                    .at("/items")
                    .forEach(item -> names.append(item.at("/name").asText()).append(' '));
        }

        assertThat(pages).isEqualTo(3);
        assertThat(names.toString().trim().split(" ")).hasSize(total).doesNotHaveDuplicates();
        assertThat(api.get("/api/v1/credentials?environment=prod&page=2147483647&size=500")
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void sorting_puts_what_has_no_value_last_in_both_directions() {
        JsonNode up = api.get("/api/v1/credentials?sort=nextRotationAt").at("/items");
        JsonNode down = api.get("/api/v1/credentials?sort=-nextRotationAt").at("/items");

        assertThat(up.get(0).at("/name").asText()).isEqualTo(Samples.OVERDUE);
        assertThat(down.get(0).at("/name").asText()).isEqualTo(Samples.IN_GRACE);
        assertThat(up.get(up.size() - 1).has("nextRotationAt")).isFalse();
        assertThat(down.get(down.size() - 1).has("nextRotationAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "page=-1, page",
        "page=x, page",
        "page=99999999999, page",
        "size=0, size",
        "size=501, size",
        "sort=secret, sort",
        "sort=--name, sort",
        "status=lost, status",
        "state=lost, state",
        "environment=PROD, environment",
        "team=%E2%80%AEpohs, team",
        "q=a%00b, q",
        "q=%E2%80%AEx, q"
    })
    void a_malformed_parameter_is_refused_by_name(String query, String field) {
        api.refused(api.visitor().get("/api/v1/credentials?" + query), 400, field);
    }

    @Test
    void one_credential_comes_with_its_current_version_consumers_and_operation() {
        JsonNode billing = api.get("/api/v1/credentials/" + Samples.IN_GRACE);

        assertThat(billing.at("/configured/principals/1").asText()).isEqualTo("billing_app_b");
        assertThat(billing.at("/configured/labels/tier").asText()).isEqualTo("gold");
        assertThat(billing.at("/currentVersion/version").asInt()).isEqualTo(2);
        assertThat(billing.at("/currentVersion/principal").asText()).isEqualTo("billing_b");
        assertThat(billing.at("/consumers/0/name").asText()).isEqualTo("billing/batch");
        assertThat(billing.at("/consumers/0").has("version")).isFalse();
        assertThat(billing.at("/consumers/1/version").asInt()).isEqualTo(2);
        assertThat(billing.at("/activeOperation/status").asText()).isEqualTo("running");
        assertThat(billing.at("/activeOperation/waitsFor").asText())
                .isEqualTo("the end of the grace, or these consumers to move: billing/batch");
    }

    @Test
    void a_credential_that_left_the_configuration_is_still_shown() {
        JsonNode legacy = api.get("/api/v1/credentials/" + Samples.UNMANAGED);

        assertThat(legacy.has("configured")).isFalse();
        assertThat(legacy.at("/credential/target").asText()).isEqualTo("old-db");
    }

    @Test
    void versions_are_listed_newest_first_and_show_nothing_computed_from_a_secret() {
        JsonNode versions = api.get("/api/v1/credentials/" + Samples.FINE + "/versions");

        assertThat(versions).hasSize(3);
        assertThat(versions.at("/0/version").asInt()).isEqualTo(3);
        assertThat(versions.at("/0/stage").asText()).isEqualTo("current");
        assertThat(versions.at("/2/stage").asText()).isEqualTo("retired");
        assertThat(versions.at("/0/operation").asText()).startsWith("op-");
        assertThat(versions.get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("version", "stage", "principal", "operation", "createdAt", "changedAt");
    }

    @Test
    void operations_of_a_credential_are_listed_newest_first() {
        JsonNode operations = api.get("/api/v1/credentials/" + Samples.FINE + "/operations?limit=2");

        assertThat(operations).hasSize(2);
        assertThat(operations.at("/0/outcome").asText()).isEqualTo("rotated");
        assertThat(operations.at("/0").has("waitsFor")).isFalse();
        assertThat(Api.number(operations.at("/0"))).isGreaterThan(Api.number(operations.at("/1")));
        api.refused(api.visitor().get("/api/v1/credentials/" + Samples.FINE + "/operations?limit=0"), 400, "limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/versions", "/operations"})
    void an_unknown_credential_is_not_found(String part) {
        HttpResponse<String> answer = api.visitor().get("/api/v1/credentials/prod/shop/postgres/nobody" + part);

        api.refused(answer, 404, null);
        assertThat(answer.body()).contains("There is no credential prod/shop/postgres/nobody.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/credentials/prod/shop", "/api/v1/nothing", "/api/v1"})
    void an_unknown_route_is_not_found(String path) {
        api.refused(api.visitor().get(path), 404, null);
    }

    @Test
    void no_answer_shows_a_fingerprint_or_the_digest_of_rules() {
        for (String path : new String[] {"", "/versions", "/operations"}) {
            assertThat(api.visitor()
                            .get("/api/v1/credentials/" + Samples.FINE + path)
                            .body())
                    .doesNotContain(Samples.FINGERPRINT)
                    .doesNotContainIgnoringCase("fingerprint");
        }
        assertThat(api.visitor().get("/api/v1/credentials?size=500").body()).doesNotContain(Samples.FINGERPRINT);
    }

    @Test
    void without_login_nothing_is_told() {
        api.refused(new Visitor(port).get("/api/v1/credentials/" + Samples.FINE), 401, null);
    }
}
