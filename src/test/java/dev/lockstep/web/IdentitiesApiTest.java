package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What programs log in with, for those who hand it over. */
@WebTest
class IdentitiesApiTest {

    private static final String WEB = "/api/v1/identities/shop-web";

    private final int port;

    IdentitiesApiTest(@LocalServerPort int port) {
        this.port = port;
    }

    private HttpResponse<String> send(String user, String method, String path, String body) {
        return new Visitor(port).basic(user, Samples.PASSWORD).json(method, path, body);
    }

    @ParameterizedTest
    @CsvSource({"operator,201", "administrator,201", "viewer,403", "auditor,403", "designer,403", "approver,403"})
    void operatorsAndAdministratorsIssue(String user, int status) {
        assertThat(send(user, "POST", WEB + "/secret-ids", "{}").statusCode()).isEqualTo(status);
    }

    @Test
    void aSecretIdIsShownOnceAndRevoked() {
        HttpResponse<String> answer = send("operator", "POST", WEB + "/secret-ids", "{\"life\": \"P1D\"}");
        JsonNode issued = Api.json(answer);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(issued.path("secretId").asText()).isEqualTo("lki.shown-once");

        HttpResponse<String> shown = send("viewer", "GET", WEB, "");
        assertThat(shown.body()).contains(issued.path("accessor").asText()).doesNotContain("shown-once");
        String path = WEB + "/secret-ids/" + issued.path("accessor").asText();
        assertThat(send("viewer", "DELETE", path, "").statusCode()).isEqualTo(403);
        assertThat(send("operator", "DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(send("operator", "DELETE", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsRefusedWithItsField() {
        assertThat(send("operator", "POST", WEB + "/secret-ids", "{\"life\": \"soon\"}")
                        .body())
                .contains("\"field\":\"life\"");
        assertThat(send("operator", "POST", WEB + "/secret-ids", "{\"life\": \"P500D\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("operator", "POST", "/api/v1/identities/nobody/secret-ids", "{}")
                        .statusCode())
                .isEqualTo(404);
    }
}
