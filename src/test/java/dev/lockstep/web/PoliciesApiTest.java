package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class PoliciesApiTest {

    private final Visitor viewer;
    private final Api api;

    PoliciesApiTest(@LocalServerPort int port) {
        this.viewer = new Visitor(port).basic("viewer", Samples.PASSWORD);
        this.api = new Api(viewer);
    }

    @Test
    void an_explanation_names_the_policy_the_rules_and_each_field_with_its_place() {
        JsonNode answer = api.get("/api/v1/credentials/" + Samples.FINE + "/policy");

        assertThat(answer.at("/credential").asText()).isEqualTo(Samples.FINE);
        assertThat(answer.at("/policy").asText()).isEqualTo("daily");
        assertThat(answer.at("/at/line").asInt()).isEqualTo(4);
        assertThat(answer.at("/candidates/0/verdict").asText()).isEqualTo("won");
        assertThat(answer.at("/candidates/0/conditions/0/wanted/1").asText()).isEqualTo("stage");
        assertThat(answer.at("/candidates/1/verdict").asText()).isEqualTo("does-not-match");
        assertThat(answer.at("/candidates/1/conditions/0").has("found")).isFalse();
        assertThat(answer.at("/settings/0/says").asText()).isEqualTo("P1D");
        assertThat(answer.at("/settings/1/says/1").asText()).isEqualTo("PT30S");
        assertThat(answer.at("/settings/1").has("at")).isFalse();
        assertThat(answer.at("/settings/2/says/0/labels/ring").asText()).isEqualTo("early");
        assertThat(answer.at("/settings/3").has("says")).isFalse();
    }

    @Test
    void a_credential_that_nothing_describes_has_no_policy() {
        api.refused(viewer.get("/api/v1/credentials/prod/shop/postgres/nobody/policy"), 404, null);
        api.refused(viewer.get("/api/v1/credentials/prod/shop/postgres/No%20body/policy"), 400, "name");
    }

    @Test
    void the_page_of_a_credential_shows_it() {
        String page = viewer.get("/credentials/" + Samples.FINE).body();

        assertThat(page)
                .contains("config/policies/daily.yaml:4:5")
                .contains("environment prod or stage")
                .contains("labels.tier gold (it is not set)")
                .contains("does not match")
                .contains("PT5S, PT30S")
                .contains("{labels: {ring: early}}");
    }
}
