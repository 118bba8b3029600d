package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who reads and approves what, on the page and in the API. */
@WebTest
class AccessReviewsTest {

    private static final String PATH = "/api/v1/access-reviews";

    private final int port;
    private final Api operator;
    private final Api viewer;
    private final PaperAccessReviews reviews;

    AccessReviewsTest(@LocalServerPort int port, @Autowired PaperAccessReviews reviews) {
        this.port = port;
        this.operator = new Api(new Visitor(port).basic("operator", Samples.PASSWORD));
        this.viewer = new Api(new Visitor(port).basic("viewer", Samples.PASSWORD));
        this.reviews = reviews;
    }

    @BeforeEach
    void nobodyIsAsked() {
        reviews.asked.clear();
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }

    @Test
    void everybody_sees_who_reads_and_approves_what() {
        JsonNode access = access();

        assertThat(access.at("/approverGroup").asText()).isEqualTo("approvers");
        assertThat(access.at("/approvers/0").asText()).isEqualTo("anna");
        assertThat(access.at("/readers").isArray()).isTrue();
        assertThat(person("viewer").get("/access-reviews").body())
                .contains(Samples.FINE)
                .contains("approvers")
                .contains("anna")
                .doesNotContain("Ask all owners now");
    }

    private JsonNode access() {
        for (JsonNode owner : viewer.get(PATH)) {
            for (JsonNode access : owner.at("/credentials")) {
                if (access.at("/credential").asText().equals(Samples.FINE)) {
                    return access;
                }
            }
        }
        throw new AssertionError(Samples.FINE + " is not listed");
    }

    @Test
    void an_operator_asks_all_owners_once() {
        JsonNode begun = Api.json(operator.visitor().json("POST", PATH, "{}"));

        assertThat(begun.at("/owners")).isNotEmpty();
        assertThat(viewer.get(PATH))
                .allSatisfy(
                        owner -> assertThat(owner.at("/beingAsked").asBoolean()).isTrue());
        operator.refused(operator.visitor().json("POST", PATH, "{}"), 409, null);
    }

    @Test
    void a_viewer_asks_nobody() {
        viewer.refused(viewer.visitor().json("POST", PATH, "{}"), 403, null);
        Visitor person = person("viewer");
        String token = Visitor.token(person.get("/access-reviews").body());

        assertThat(person.form("/access-reviews", Map.of("_csrf", token)).statusCode())
                .isEqualTo(403);
        assertThat(reviews.asked).isEmpty();
    }

    @Test
    void an_operator_asks_on_the_page() {
        Visitor person = person("operator");
        String page = person.get("/access-reviews").body();
        assertThat(page).contains("Ask all owners now");

        person.form("/access-reviews", Map.of("_csrf", Visitor.token(page)));

        assertThat(person.get("/access-reviews").body()).contains("being asked").doesNotContain("Ask all owners now");
    }
}
