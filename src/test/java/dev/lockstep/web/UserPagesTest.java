package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.People;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class UserPagesTest {

    private static final Pattern PASSWORD = Pattern.compile("once\"><code>([A-Za-z0-9]{24})</code>");
    private static final String CHOSEN = "my own long password";

    private final int port;
    private final People people;
    private final Visitor administrator;

    UserPagesTest(@LocalServerPort int port, @Autowired People people) {
        this.port = port;
        this.people = people;
        this.administrator = person("administrator", Samples.PASSWORD);
    }

    @Test
    void users_are_offered_to_administrators_and_everybody_finds_the_own_password() {
        assertThat(administrator.get("/").body()).contains("href=\"/users\"");
        String overview = person("viewer", Samples.PASSWORD).get("/").body();
        assertThat(overview).doesNotContain("href=\"/users\"").contains("href=\"/password\"");
    }

    @Test
    void a_person_is_added_logs_in_replaces_the_password_and_works() {
        HttpResponse<String> added = submit(
                administrator,
                "/users",
                "/users",
                Map.of("id", "page.olga", "displayName", "Olga <b>", "role", "operator", "operator-in", "test, stage"));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(added.body()).contains("Olga &lt;b&gt;");
        String oneTime = password(added);
        assertThat(people.find("page.olga").orElseThrow().roles()).containsExactly("operator@stage", "operator@test");

        Visitor olga = person("page.olga", oneTime);
        assertThat(olga.get("/").headers().firstValue("Location").orElseThrow()).endsWith("/password");
        assertThat(olga.get("/password").body()).contains("one-time password");
        HttpResponse<String> replaced =
                submit(olga, "/password", "/password", Map.of("present", oneTime, "next", CHOSEN, "again", CHOSEN));
        assertThat(replaced.headers().firstValue("Location").orElseThrow()).endsWith("/login?changed");
        assertThat(olga.get("/login?changed").body()).contains("Your password was changed");

        Visitor again = person("page.olga", CHOSEN);
        assertThat(again.get("/").statusCode()).isEqualTo(200);
        assertThat(again.get("/credentials/" + Samples.FREE).body()).contains("Rotate now");
        assertThat(again.get("/credentials/" + Samples.FINE).body()).doesNotContain("Rotate now");
        assertThat(again.get("/credentials/" + Samples.FREE + "/rotate").statusCode())
                .isEqualTo(200);
        assertThat(again.get("/credentials/" + Samples.FINE + "/rotate").statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_is_wrong_is_said_on_the_page_and_what_was_typed_stays() {
        HttpResponse<String> answer = submit(
                administrator,
                "/users",
                "/users",
                Map.of("id", "page.bad", "displayName", "Typed", "role", "approver", "approver-in", "PROD"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("An area is an environment, a team or both")
                .contains("value=\"Typed\"");
        assertThat(people.find("page.bad")).isEmpty();
    }

    @Test
    void a_user_is_changed_disabled_and_enabled() {
        people.add("test", "page.change", "Before", List.of("viewer", "approver@prod"))
                .close();
        String page = administrator.get("/users/page.change").body();
        assertThat(page).contains("value=\"Before\"").contains("value=\"prod\"").contains("Disable");

        submit(
                administrator,
                "/users/page.change",
                "/users/page.change",
                Map.of("displayName", "After", "role", "auditor"));
        assertThat(people.find("page.change").orElseThrow())
                .extracting(People.Person::displayName, People.Person::roles)
                .containsExactly("After", List.of("auditor"));

        submit(administrator, "/users/page.change", "/users/page.change/disable", Map.of());
        assertThat(administrator.get("/users/page.change").body())
                .contains("Enable")
                .contains("disabled");
        submit(administrator, "/users/page.change", "/users/page.change/enable", Map.of());
        assertThat(people.find("page.change").orElseThrow().enabled()).isTrue();

        HttpResponse<String> reset =
                submit(administrator, "/users/page.change", "/users/page.change/password", Map.of());
        assertThat(reset.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(password(reset)).isNotBlank();
        assertThat(administrator.get("/users/page.change").body()).doesNotContain(password(reset));
    }

    @Test
    void a_wrong_present_password_or_two_different_new_ones_change_nothing() {
        Visitor viewer = person("viewer", Samples.PASSWORD);

        assertThat(refused(viewer, Map.of("present", "not mine", "next", CHOSEN, "again", CHOSEN)))
                .contains("the present password is wrong");
        assertThat(refused(viewer, Map.of("present", Samples.PASSWORD, "next", CHOSEN, "again", CHOSEN + "x")))
                .contains("not the same");
        assertThat(refused(viewer, Map.of("present", Samples.PASSWORD, "next", "short", "again", "short")))
                .contains("12 to 200");
        assertThat(refused(viewer, Map.of("present", "", "next", "", "again", "")))
                .contains("both passwords are needed");
        assertThat(viewer.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void an_unknown_user_is_told_on_a_page() {
        HttpResponse<String> answer = administrator.get("/users/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such user");
    }

    private String refused(Visitor person, Map<String, String> fields) {
        HttpResponse<String> answer = submit(person, "/password", "/password", fields);
        assertThat(answer.statusCode()).isEqualTo(400);
        fields.values().stream()
                .filter(typed -> !typed.isEmpty())
                .forEach(typed -> assertThat(answer.body()).doesNotContain("value=\"" + typed));
        return answer.body();
    }

    private static HttpResponse<String> submit(Visitor person, String page, String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("_csrf", Visitor.token(person.get(page).body()));
        return person.form(path, all);
    }

    private static String password(HttpResponse<String> page) {
        Matcher matcher = PASSWORD.matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return matcher.group(1);
    }

    private Visitor person(String user, String password) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, password);
        return person;
    }
}
