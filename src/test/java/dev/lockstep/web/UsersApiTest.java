package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.port.AuditReview;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class UsersApiTest {

    private static final String USERS = "/api/v1/users";

    private final int port;
    private final Api administrator;
    private final AuditReview trail;

    UsersApiTest(@LocalServerPort int port, @Autowired AuditReview trail) {
        this.port = port;
        this.administrator = new Api(new Visitor(port).basic("administrator", Samples.PASSWORD));
        this.trail = trail;
    }

    @Test
    void a_second_person_is_added_and_begins_with_a_password_that_is_shown_once() {
        HttpResponse<String> answer = send(
                "POST",
                USERS,
                "{\"id\": \"api.olga\", \"displayName\": \"Olga\", \"roles\": [\"viewer\", \"operator@test\"]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue(USERS + "/api.olga");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        JsonNode added = Api.json(answer);
        assertThat(added.at("/user/roles")).extracting(JsonNode::asText).containsExactly("operator@test", "viewer");
        assertThat(added.at("/user/mustReplacePassword").asBoolean()).isTrue();
        String password = added.at("/oneTimePassword").asText();
        assertThat(password).hasSize(24);

        assertThat(new Visitor(port)
                        .basic("api.olga", password)
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(403);
        JsonNode shown = administrator.get(USERS + "/api.olga");
        assertThat(shown.fieldNames()).toIterable().doesNotContain("oneTimePassword", "password");
        assertThat(administrator.get(USERS).toString()).contains("api.olga").doesNotContain(password);
        assertThat(events("api.olga")).contains("user.create").doesNotContain(password);
    }

    @Test
    void only_administrators_see_users() {
        for (String role : List.of("viewer", "operator", "approver", "security", "auditor", "designer")) {
            assertThat(new Visitor(port)
                            .basic(role, Samples.PASSWORD)
                            .get(USERS)
                            .statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @Test
    void name_and_roles_are_changed_each_alone_or_together() {
        add("api.change");

        JsonNode renamed = ok(send("PATCH", USERS + "/api.change", "{\"displayName\": \"Renamed\"}"));
        assertThat(renamed.at("/displayName").asText()).isEqualTo("Renamed");
        assertThat(renamed.at("/roles/0").asText()).isEqualTo("viewer");

        JsonNode promoted = ok(send("PATCH", USERS + "/api.change", "{\"roles\": [\"approver@prod\"]}"));
        assertThat(promoted.at("/displayName").asText()).isEqualTo("Renamed");
        assertThat(promoted.at("/roles/0").asText()).isEqualTo("approver@prod");
        assertThat(events("api.change")).contains("user.rename", "user.set-roles", "before=viewer", "approver@prod");
    }

    @Test
    void a_reset_ends_the_former_password_and_tells_the_next_one_to_nobody_else() {
        String first = add("api.reset");

        JsonNode reset = ok(send("POST", USERS + "/api.reset/password", ""));

        String second = reset.at("/oneTimePassword").asText();
        assertThat(second).hasSize(24).isNotEqualTo(first);
        assertThat(login("api.reset", first)).isEqualTo(401);
        assertThat(login("api.reset", second)).isEqualTo(403);
        assertThat(events("api.reset"))
                .contains("user.reset-password")
                .doesNotContain(first)
                .doesNotContain(second);
    }

    @Test
    void a_disabled_user_is_out_until_enabled_again() {
        String password = add("api.away");

        assertThat(ok(send("POST", USERS + "/api.away/disable", ""))
                        .at("/enabled")
                        .asBoolean())
                .isFalse();
        ok(send("POST", USERS + "/api.away/disable", ""));
        assertThat(login("api.away", password)).isEqualTo(401);

        assertThat(ok(send("POST", USERS + "/api.away/enable", ""))
                        .at("/enabled")
                        .asBoolean())
                .isTrue();
        assertThat(login("api.away", password)).isEqualTo(403);
        assertThat(events("api.away")).containsOnlyOnce("user.disable").containsOnlyOnce("user.enable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"displayName": "X"}                                              | id
            {"id": "Olga", "displayName": "X"}                                | id
            {"id": "lockstep", "displayName": "X"}                            | id
            {"id": "viewer", "displayName": "X"}                              | id
            {"id": "api.bad"}                                                 | displayName
            {"id": "api.bad", "displayName": " "}                             | displayName
            {"id": "api.bad", "displayName": "a\\u202eb"}                     | displayName
            {"id": "api.bad", "displayName": "X", "roles": ["boss"]}          | roles
            {"id": "api.bad", "displayName": "X", "roles": [null]}            | roles
            {"id": "api.bad", "displayName": "X", "roles": ["designer@prod"]} | roles
            {"id": "api.bad", "displayName": "X", "roles": "viewer"}          | roles
            {"id": "api.bad", "displayName": "X", "roles": ["operator", "operator@test"]} | roles
            {"id": "api.bad", "displayName": "X", "password": "of my own choice"} | password
            """)
    void what_is_malformed_is_refused_by_its_field(String body, String field) {
        administrator.refused(send("POST", USERS, body), 400, field);

        assertThat(administrator.visitor().get(USERS + "/api.bad").statusCode()).isEqualTo(404);
    }

    @Test
    void a_change_without_a_field_is_refused() {
        administrator.refused(send("PATCH", USERS + "/viewer", "{}"), 400, "body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nobody", "/Viewer", "/no%20body"})
    void an_unknown_user_is_not_found(String user) {
        administrator.refused(administrator.visitor().get(USERS + user), 404, null);
        administrator.refused(send("PATCH", USERS + user, "{\"roles\": []}"), 404, null);
        for (String change : List.of("/password", "/disable", "/enable")) {
            administrator.refused(send("POST", USERS + user + change, ""), 404, null);
        }
    }

    private String add(String id) {
        String body = "{\"id\": \"" + id + "\", \"displayName\": \"Somebody\", \"roles\": [\"viewer\"]}";
        return Api.json(send("POST", USERS, body)).at("/oneTimePassword").asText();
    }

    private int login(String id, String password) {
        return new Visitor(port).basic(id, password).get("/api/v1/credentials").statusCode();
    }

    private String events(String subject) {
        return trail.entries(new AuditReview.Filter(subject, null), null, 100).toString();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return administrator.visitor().json(method, path, body);
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.json(answer);
    }
}
