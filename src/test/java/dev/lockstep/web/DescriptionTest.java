package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The API's description in the form of OpenAPI. */
@WebTest
class DescriptionTest {

    private final JsonNode description;

    DescriptionTest(@LocalServerPort int port) {
        this.description = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD)).get("/v3/api-docs");
    }

    @Test
    void it_describes_every_route_and_no_page() {
        String credential = "/api/v1/credentials/{environment}/{team}/{system}/{what}";
        assertThat(description.at("/paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/v1/credentials",
                        credential,
                        credential + "/versions",
                        credential + "/operations",
                        credential + "/policy",
                        credential + "/rotations",
                        credential + "/consumers/{consumer}",
                        credential + "/decommission",
                        credential + "/check",
                        credential + "/consumers/{consumer}/acknowledgement",
                        credential + "/consumers/{consumer}/complaints",
                        "/api/v1/operations",
                        "/api/v1/operations/{id}",
                        "/api/v1/operations/{id}/roll-back",
                        "/api/v1/operations/{id}/resume",
                        "/api/v1/operations/{id}/cancel",
                        "/api/v1/decommissions",
                        "/api/v1/decommissions/{id}",
                        "/api/v1/forecast",
                        "/api/v1/tasks",
                        "/api/v1/signals",
                        "/api/v1/signals/reports",
                        "/api/v1/hooks/{source}",
                        "/api/v1/incidents",
                        "/api/v1/incidents/{id}",
                        "/api/v1/identities",
                        "/api/v1/login",
                        "/api/v1/identities/{name}",
                        "/api/v1/identities/{name}/secret-ids",
                        "/api/v1/identities/{name}/secret-ids/{accessor}",
                        "/api/v1/identities/{name}/tokens",
                        "/api/v1/identities/{name}/tokens/{accessor}",
                        "/api/v1/users",
                        "/api/v1/users/{id}",
                        "/api/v1/users/{id}/password",
                        "/api/v1/users/{id}/second-factor",
                        "/api/v1/users/{id}/disable",
                        "/api/v1/users/{id}/enable",
                        "/api/v1/me/password",
                        "/api/v1/me/sessions",
                        "/api/v1/me/sessions/{id}",
                        "/api/v1/unmanaged-accounts",
                        "/api/v1/unmanaged-accounts/ignore",
                        "/api/v1/unmanaged-accounts/heed",
                        "/api/v1/unmanaged-accounts/adopt",
                        "/api/v1/unmanaged-accounts/adopt-all",
                        "/api/v1/inventory/import",
                        "/api/v1/inventory/export",
                        "/api/v1/plans",
                        "/api/v1/plans/{id}",
                        "/api/v1/plans/{id}/apply",
                        "/api/v1/configuration",
                        "/api/v1/configuration/history",
                        "/api/v1/processes",
                        "/api/v1/processes/dry-run",
                        "/api/v1/processes/lint",
                        "/api/v1/processes/{process}/versions",
                        "/api/v1/processes/{process}/migrations",
                        "/api/v1/processes/{process}/migrations/{id}",
                        "/api/v1/processes/{process}/migrations/{id}/confirm",
                        "/api/v1/processes/{process}/rollouts",
                        "/api/v1/processes/{process}/rollouts/{id}/share",
                        "/api/v1/processes/{process}/rollouts/{id}/complete",
                        "/api/v1/processes/{process}/rollouts/{id}/return",
                        "/api/v1/access-reviews",
                        "/api/v1/access/explanations",
                        "/api/v1/credentials/{environment}/{team}/{system}/{what}/drills",
                        "/api/v1/drills",
                        "/api/v1/drills/{id}",
                        "/api/v1/drills/{id}/cancel",
                        "/api/v1/audit/evidence",
                        "/api/v1/audit/verification",
                        "/api/v1/audit/events",
                        "/api/v1/audit/archives");
    }

    @Test
    void each_route_has_a_summary_and_tells_how_it_refuses() {
        List<JsonNode> routes = new ArrayList<>();
        description.at("/paths").forEach(path -> path.forEach(routes::add));

        assertThat(routes).hasSize(81).allSatisfy(route -> {
            assertThat(route.at("/summary").asText()).isNotBlank();
            assertThat(route.at("/responses/400/content").has("application/problem+json"))
                    .isTrue();
            assertThat(route.at("/responses").has("401")).isTrue();
            assertThat(route.at("/responses").has("403")).isTrue();
            assertThat(route.at("/responses").toString()).doesNotContain("*/*");
        });
    }

    @Test
    void a_rotation_is_described_with_its_body_its_answer_and_a_conflict() {
        JsonNode rotate = description
                .at("/paths")
                .get("/api/v1/credentials/{environment}/{team}/{system}/{what}/rotations")
                .at("/post");

        assertThat(rotate.at("/responses").fieldNames()).toIterable().contains("202", "404", "409");
        assertThat(rotate.at("/responses").has("200")).isFalse();
        assertThat(rotate.at("/responses/400").toString()).contains("a reason for the record is needed");
        assertThat(description
                        .at("/components/schemas/RotationRequest/required/0")
                        .asText())
                .isEqualTo("reason");
    }

    @Test
    void no_schema_has_a_field_for_a_secret_or_its_fingerprint() {
        assertThat(description.at("/components/schemas").findValuesAsText("fingerprint"))
                .isEmpty();
        description
                .at("/components/schemas")
                .properties()
                .forEach(
                        schema -> assertThat(schema.getValue().at("/properties").fieldNames())
                                .toIterable()
                                .doesNotContain("fingerprint", "rules", "value", "secret"));
        assertThat(description.at("/components/schemas").properties())
                .filteredOn(schema -> schema.getValue().at("/properties").has("password"))
                .extracting(Map.Entry::getKey)
                .as("only who logs in sends one")
                .containsExactly("LoginRequest");
    }
}
