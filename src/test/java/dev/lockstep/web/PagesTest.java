package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Outbox;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class PagesTest {

    private static final CredentialName FREE = CredentialName.of(Samples.FREE);

    private final int port;
    private final Operations operations;
    private final Outbox outbox;
    private final TestClock clock;

    PagesTest(
            @LocalServerPort int port,
            @Autowired Operations operations,
            @Autowired Outbox outbox,
            @Autowired TestClock clock) {
        this.port = port;
        this.operations = operations;
        this.outbox = outbox;
        this.clock = clock;
    }

    @AfterEach
    void endWhatWasStarted() {
        operations.active(FREE).ifPresent(active -> operations.close(active.id(), Outcome.SUPERSEDED));
    }

    @Test
    void the_status_page_counts_and_puts_what_waits_for_a_person_first() {
        String page = page("viewer", "/");

        assertThat(page)
                .contains("<strong>1</strong> waiting for a person")
                .contains("<strong>1</strong> quarantined")
                .contains("<strong>1</strong> overdue")
                .contains("<strong>4</strong> under way");
        assertThat(page.indexOf("Resolve failed rotation")).isBetween(0, page.indexOf("Under way"));
        assertThat(page).containsPattern("deadline in 1 h 2\\d min").doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    void the_status_page_shows_notices_that_did_not_arrive() {
        assertThat(page("viewer", "/")).doesNotContain("Notices that did not arrive");
        Instant now = clock.instant();
        outbox.add(new Notice("task.open", "high", "operators", "Somebody <is> asked", "Text", ""), List.of("mail"));
        Outbox.Parcel parcel =
                outbox.claim("mail", now.plusSeconds(1), Duration.ofMinutes(1)).orElseThrow();
        outbox.givenUp(parcel, "the mail server is gone");

        assertThat(page("viewer", "/"))
                .contains("Notices that did not arrive")
                .contains("Somebody &lt;is&gt; asked")
                .contains("the mail server is gone")
                .contains("given up after 1 tries");
    }

    @Test
    void tasklist_is_offered_to_those_who_may_open_it() {
        assertThat(page("operator", "/")).contains("href=\"/camunda/app/tasklist/default/#/?task=a1b2c3\"");
        assertThat(page("viewer", "/")).doesNotContain("/camunda/");
    }

    @ParameterizedTest
    @CsvSource({"?q=alternating, 1", "?state=overdue, 1", "?q=no-such-thing, 0", "?q=prod&sort=-name, 9"})
    void the_table_is_filtered_by_query(String query, int expected) {
        String table = page("viewer", "/" + query);
        table = table.substring(table.indexOf("id=\"credentials\""));

        assertThat(table.split("class=\"name\"", -1)).hasSize(expected + 1);
    }

    @Test
    void the_table_is_sorted_by_query() {
        String table = page("viewer", "/?sort=-name&q=prod");
        table = table.substring(table.indexOf("id=\"credentials\""));

        assertThat(table.indexOf(Samples.WAITING)).isLessThan(table.indexOf(Samples.UNMANAGED));
        assertThat(table).contains("aria-sort=\"descending\"");
    }

    @Test
    void the_page_refreshes_only_when_asked() {
        assertThat(page("viewer", "/?refresh=on")).contains("<meta http-equiv=\"refresh\" content=\"10\">");
    }

    @Test
    void what_was_typed_into_the_filter_is_shown_as_text() {
        assertThat(page("viewer", "/?q=%3Cscript%3Ealert(1)%3C/script%3E%22x"))
                .doesNotContain("<script>")
                .contains("&lt;script&gt;");
    }

    @Test
    void the_page_of_a_credential_tells_versions_consumers_operations_and_attempts() {
        String page = page("operator", "/credentials/" + Samples.WAITING);

        assertThat(page)
                .contains("target-permission-denied")
                .contains("/runbook#target-permission-denied")
                .contains("WITH ADMIN OPTION")
                .contains("not seen yet")
                .contains("class=\"try-failed\"")
                .contains("/camunda/app/cockpit/default/#/process-instance/instance-")
                .contains("Open in Tasklist")
                .doesNotContain(Samples.FINGERPRINT);
    }

    @ParameterizedTest
    @CsvSource({Samples.FINE + ", Rotate now", Samples.IN_GRACE + ", Roll back", Samples.QUARANTINED + ", Resume"})
    void buttons_are_offered_to_operators_only(String credential, String button) {
        assertThat(page("operator", "/credentials/" + credential)).contains(">" + button + "</a>");
        assertThat(page("viewer", "/credentials/" + credential)).doesNotContain(">" + button + "</a>");
    }

    @Test
    void an_operator_starts_a_rotation_after_being_asked_for_the_reason() {
        Visitor operator = person("operator");
        String question =
                operator.get("/credentials/" + Samples.FREE + "/rotate").body();
        assertThat(question).contains("Rotate now?").contains("name=\"reason\"");

        HttpResponse<String> answer = operator.form(
                "/credentials/" + Samples.FREE + "/rotate",
                Map.of("_csrf", Visitor.token(question), "reason", "a colleague left", "urgency", "emergency"));

        Operation started = operations.active(FREE).orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .endsWith("/credentials/" + Samples.FREE + "#" + started.label());
        assertThat(started.requestedBy()).isEqualTo("operator");
        assertThat(started.reason()).isEqualTo("a colleague left");
        assertThat(started.priority()).isEqualTo(Operation.EMERGENCY);
    }

    @Test
    void an_operator_rolls_back_after_being_asked() {
        Visitor operator = person("operator");
        String question =
                operator.get("/credentials/" + Samples.FREE + "/rotate").body();
        operator.form(
                "/credentials/" + Samples.FREE + "/rotate",
                Map.of("_csrf", Visitor.token(question), "reason", "to be rolled back"));
        Operation started = operations.active(FREE).orElseThrow();

        HttpResponse<String> answer = operator.form(
                "/operations/" + started.label() + "/roll-back",
                Map.of(
                        "_csrf",
                        Visitor.token(operator.get("/operations/" + started.label() + "/roll-back")
                                .body())));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(operations.get(started.id()).rollback()).isTrue();
        assertThat(operator.get("/operations/" + started.id())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("#" + started.label());
    }

    @Test
    void a_form_without_its_token_or_reason_starts_nothing() {
        Visitor operator = person("operator");
        String token = Visitor.token(
                operator.get("/credentials/" + Samples.FREE + "/rotate").body());

        HttpResponse<String> forged =
                operator.form("/credentials/" + Samples.FREE + "/rotate", Map.of("reason", "forged"));
        HttpResponse<String> unfounded =
                operator.form("/credentials/" + Samples.FREE + "/rotate", Map.of("_csrf", token, "reason", " "));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(unfounded.statusCode()).isEqualTo(400);
        assertThat(unfounded.body())
                .contains("a reason for the record is needed")
                .contains("<title>");
        assertThat(operations.active(FREE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/credentials/" + Samples.FREE + "/rotate", "/operations/op-1/roll-back"})
    void who_is_no_operator_is_not_even_asked(String path) {
        assertThat(person("viewer").get(path).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "/credentials/prod/shop/postgres/nobody, 404",
        "/credentials/prod/shop, 404",
        "/credentials/prod/shop/postgres/ORDERS, 400",
        "/operations/op-99999, 404",
        "/operations/nonsense, 400",
        "/?sort=secret, 400",
        "/?page=-1, 400",
        "/?page=x, 400"
    })
    void what_does_not_exist_or_is_malformed_is_told_on_a_page(String path, int status) {
        HttpResponse<String> answer = person("viewer").get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.body())
                .contains("<title>")
                .contains("To the overview")
                .doesNotContain("Exception");
    }

    @Test
    void the_runbook_can_be_read_here() {
        assertThat(page("viewer", "/runbook")).contains("<h2 id=\"drift\">").contains("href=\"#drift\"");
    }

    @Test
    void pages_load_nothing_from_elsewhere_and_run_no_script() {
        for (String path : new String[] {"/", "/credentials/" + Samples.FINE, "/runbook"}) {
            assertThat(page("operator", path))
                    .doesNotContain("<script")
                    .doesNotContain("style=\"")
                    .doesNotContainPattern("(src|href)=\"(https?:)?//");
        }
    }

    private String page(String user, String path) {
        HttpResponse<String> answer = person(user).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }
}
