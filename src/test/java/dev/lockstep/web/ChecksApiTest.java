package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class ChecksApiTest {

    private static final String CREDENTIALS = "/api/v1/credentials/";

    private final Api operator;
    private final Api viewer;

    ChecksApiTest(@LocalServerPort int port) {
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
    }

    @Test
    void a_login_that_is_accepted_is_told_and_so_is_one_that_is_refused() {
        JsonNode fine = Api.json(operator.visitor().json("POST", CREDENTIALS + Samples.FREE + "/check", ""));
        assertThat(fine.at("/ok").asBoolean()).isTrue();
        assertThat(fine.has("failure")).isFalse();

        JsonNode drift = Api.json(operator.visitor().json("POST", CREDENTIALS + Samples.FINE + "/check", ""));
        assertThat(drift.at("/ok").asBoolean()).isFalse();
        assertThat(drift.at("/failure/code").asText()).isEqualTo("drift");
        assertThat(drift.at("/failure/runbook").asText()).isEqualTo("/runbook#drift");
    }

    @Test
    void it_needs_an_operator_and_a_credential() {
        viewer.refused(viewer.visitor().json("POST", CREDENTIALS + Samples.FREE + "/check", ""), 403, null);
        operator.refused(
                operator.visitor().json("POST", CREDENTIALS + "prod/shop/postgres/nobody/check", ""), 404, null);
    }

    @Test
    void what_is_known_of_it_at_rest_is_shown_with_the_credential() {
        JsonNode details = viewer.get(CREDENTIALS + Samples.FINE);

        assertThat(details.at("/openIncidents").isArray()).isTrue();
        assertThat(details.has("lastCheck")).isTrue();
    }
}
