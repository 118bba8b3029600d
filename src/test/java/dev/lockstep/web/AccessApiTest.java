package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.port.AuditReview;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class AccessApiTest {

    private static final String EXPLANATIONS = "/api/v1/access/explanations?";

    private final int port;
    private final AuditReview trail;

    AccessApiTest(@LocalServerPort int port, @Autowired AuditReview trail) {
        this.port = port;
        this.trail = trail;
    }

    @ParameterizedTest
    @CsvSource({"administrator", "auditor"})
    void who_answers_for_the_access_asks_about_anybody(String asker) {
        JsonNode answer = as(asker).get(EXPLANATIONS + "user=operator&action=operate&credential=prod/shop/pg/orders");

        assertThat(answer.toString())
                .isEqualTo(
                        "{\"user\":\"operator\",\"action\":\"operate\",\"environment\":\"prod\",\"team\":\"shop\",\"allowed\":true,"
                                + "\"reason\":\"by the role operator\",\"freshSecondFactor\":false}");
    }

    @Test
    void everybody_asks_about_themselves_and_a_question_about_others_is_refused_and_written_down() {
        Api viewer = as("viewer");

        JsonNode own = viewer.get(EXPLANATIONS + "user=viewer&action=operate&environment=test");
        HttpResponse<String> other = viewer.visitor().get(EXPLANATIONS + "user=operator&action=operate");

        assertThat(own.at("/allowed").asBoolean()).isFalse();
        assertThat(own.at("/reason").asText()).isEqualTo("this needs the role operator");
        viewer.refused(other, 403, null);
        assertThat(other.body()).contains("this needs the role auditor or administrator");
        assertThat(trail.entries(new AuditReview.Filter("/api/v1/access/explanations", null), null, 100)
                        .toString())
                .contains("access.refused")
                .doesNotContain("user=operator");
    }

    @ParameterizedTest
    @CsvSource({
        "user=operator,",
        "action=read,",
        "user=operator&action=fly, action",
        "user=operator&action=operate&environment=PROD, environment",
        "user=operator&action=operate&environment=prod&credential=prod/a/b/c, environment",
        "user=operator&action=operate&credential=orders, credential"
    })
    void what_is_malformed_is_refused_by_its_field(String question, @Nullable String field) {
        Api administrator = as("administrator");

        administrator.refused(administrator.visitor().get(EXPLANATIONS + question), 400, field);
    }

    @ParameterizedTest
    @CsvSource({"nobody", "No-User", "%20", "%00"})
    void an_unknown_user_is_not_found(String user) {
        Api administrator = as("administrator");

        administrator.refused(administrator.visitor().get(EXPLANATIONS + "action=read&user=" + user), 404, null);
    }

    private Api as(String user) {
        return new Api(new Visitor(port).basic(user, Samples.PASSWORD));
    }
}
