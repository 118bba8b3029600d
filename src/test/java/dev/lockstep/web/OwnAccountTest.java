package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class OwnAccountTest {

    private static final String CHOSEN = "my own long password";
    private static final String PASSWORD = "/api/v1/me/password";
    private static final String SESSIONS = "/api/v1/me/sessions";

    private final int port;
    private final People people;

    OwnAccountTest(@LocalServerPort int port, @Autowired People people) {
        this.port = port;
        this.people = people;
    }

    @Test
    void a_one_time_password_is_replaced_by_the_interface() {
        String oneTime = invite("me.ann");
        Visitor ann = new Visitor(port).basic("me.ann", oneTime);

        assertThat(ann.json("POST", PASSWORD, "{\"present\": \"wrong one\", \"next\": \"" + CHOSEN + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ann.json("POST", PASSWORD, "{\"next\": \"" + CHOSEN + "\"}").body())
                .contains("\"field\":\"present\"");
        HttpResponse<String> replaced =
                ann.json("POST", PASSWORD, "{\"present\": \"" + oneTime + "\", \"next\": \"" + CHOSEN + "\"}");

        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(204);
        assertThat(new Visitor(port)
                        .basic("me.ann", CHOSEN)
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void somebody_sees_own_sessions_and_ends_one_of_them() {
        person("me.bob");
        person("me.eve");
        Visitor here = loggedIn("me.bob");
        Visitor there = loggedIn("me.bob");
        Visitor eve = loggedIn("me.eve");
        assertThat(here.get("/sessions").body()).contains("this one", "127.0.0.1");

        Visitor program = new Visitor(port).basic("me.bob", CHOSEN);
        JsonNode sessions = new Api(program).get(SESSIONS);
        assertThat(sessions).hasSize(2);
        String second = sessions.get(1).at("/id").asText();
        assertThat(new Visitor(port)
                        .basic("me.eve", CHOSEN)
                        .json("DELETE", SESSIONS + "/" + second, "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(there.get("/").statusCode()).isEqualTo(200);

        assertThat(program.json("DELETE", SESSIONS + "/" + second, "").statusCode())
                .isEqualTo(204);

        assertThat(there.get("/").headers().firstValue("Location").orElseThrow())
                .endsWith("/login");
        assertThat(here.get("/").statusCode()).isEqualTo(200);
        assertThat(eve.get("/").statusCode()).isEqualTo(200);
        String token = Visitor.token(here.get("/sessions").body());
        here.form("/sessions/" + sessions.get(0).at("/id").asText() + "/end", Map.of("_csrf", token));
        assertThat(here.get("/").headers().firstValue("Location").orElseThrow()).endsWith("/login");
    }

    @Test
    void without_a_login_there_is_nothing() {
        assertThat(new Visitor(port).get(SESSIONS).statusCode()).isEqualTo(401);
    }

    private Visitor loggedIn(String id) {
        Visitor person = new Visitor(port).browser();
        person.logIn(id, CHOSEN);
        return person;
    }

    private void person(String id) {
        try (SecretValue first = SecretValue.of(invite(id));
                SecretValue next = SecretValue.of(CHOSEN)) {
            people.replacePassword(id, first, next);
        }
    }

    private String invite(String id) {
        try (SecretValue password = people.add("test", id, "Somebody", List.of("viewer"))) {
            return password.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
