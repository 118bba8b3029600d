package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Consumers;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What programs have read and hold, for people. */
@WebTest
class ProgramPagesTest {

    private static final String WEB = "/programs/shop-web";

    private final int port;
    private final PaperMachineLogins logins;
    private final Consumers consumers;

    ProgramPagesTest(@LocalServerPort int port, @Autowired PaperMachineLogins logins, @Autowired Consumers consumers) {
        this.port = port;
        this.logins = logins;
        this.consumers = consumers;
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }

    @Test
    void theListLeadsToEachProgram() {
        String page = person("viewer").get("/programs").body();

        assertThat(page).contains("href=\"/programs/shop-web\"", "approle", "test/*/*/*");
    }

    @Test
    void aProgramIsShownWithWhatItHasReadAndHolds() {
        CredentialName fine = CredentialName.of(Samples.FINE);
        consumers.enroll(fine, Consumer.named("web"));
        consumers.seen("web", new SecretRef(fine, 2));
        logins.logIn("acc-shown", "pod-7");
        logins.issue("shop-web", Optional.empty(), "olga").secret().close();

        String page = person("viewer").get(WEB).body();

        assertThat(page)
                .contains("href=\"/credentials/" + fine + "\"", "pod-7", "olga")
                .doesNotContain("shown-once")
                .doesNotContain("Revoke</button>");
    }

    @Test
    void operatorsRevokeATokenAndASecretId() {
        logins.logIn("acc-of-copy", "pod-8");
        String secret =
                logins.issue("shop-web", Optional.empty(), "olga").secretId().accessor();
        Visitor operator = person("operator");

        for (String what : List.of("/tokens/acc-of-copy/revoke", "/secret-ids/" + secret + "/revoke")) {
            HttpResponse<String> done = submit(operator, what);

            assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
            assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith(WEB);
            HttpResponse<String> again = submit(operator, what);
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(again.body()).contains("maybe it has ended");
        }
        assertThat(operator.get(WEB).body()).doesNotContain("acc-of-copy").doesNotContain("pod-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "auditor", "designer", "approver"})
    void othersRevokeNothing(String user) {
        logins.logIn("acc-of-" + user, "pod-of-" + user);

        assertThat(submit(person(user), "/tokens/acc-of-" + user + "/revoke").statusCode())
                .isEqualTo(403);
        assertThat(person("viewer").get(WEB).body()).contains("pod-of-" + user);
    }

    @Test
    void aProgramThatIsNotConfiguredIsNotFound() {
        HttpResponse<String> answer = person("viewer").get("/programs/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no identity of that name");
    }

    private static HttpResponse<String> submit(Visitor person, String what) {
        return person.form(
                WEB + what, Map.of("_csrf", Visitor.token(person.get("/").body())));
    }
}
