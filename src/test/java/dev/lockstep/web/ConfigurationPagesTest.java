package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.RefusedConfiguration.Flaw;
import dev.lockstep.testing.Visitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is in force, what would change, and who may change it, on the pages. */
@WebTest
class ConfigurationPagesTest {

    private static final String PLAN = "/configuration/plans/" + PaperConfigurations.OPEN;

    private final int port;
    private final PaperConfigurations paper;

    ConfigurationPagesTest(@LocalServerPort int port, @Autowired PaperConfigurations paper) {
        this.port = port;
        this.paper = paper;
    }

    @AfterEach
    void inOrder() {
        paper.problems(List.of());
    }

    private Visitor person(String user) {
        Visitor person = new Visitor(port).browser();
        person.logIn(user, Samples.PASSWORD);
        return person;
    }

    @Test
    void a_viewer_sees_what_is_in_force_and_what_waits_and_can_apply_nothing() {
        Visitor viewer = person("viewer");

        assertThat(viewer.get("/").body()).contains("Changed configuration files wait to be applied");
        assertThat(viewer.get("/configuration").body())
                .contains("8c1f0c3d9be2")
                .contains("lockstep-0:/config")
                .contains("3 created, 1 changed")
                .contains("See what would change")
                .doesNotContain("Plan the files of this node");
        assertThat(viewer.get(PLAN).body())
                .contains("1 created, 1 changed, 1 rescheduled, 1 removed")
                .contains("limits.concurrency")
                .contains("changes (not shown)")
                .contains("prod/old/postgres/legacy")
                .contains("<polyline")
                .contains("An administrator can apply it")
                .doesNotContain("<button type=\"submit\" class=\"danger\"");
    }

    @Test
    void an_administrator_plans_and_applies_after_having_seen_what_is_removed() {
        Visitor administrator = person("administrator");
        String page = administrator.get("/configuration").body();
        assertThat(page).contains("Plan the files of this node");
        assertThat(administrator
                        .form("/configuration/plan", Map.of("_csrf", Visitor.token(page)))
                        .statusCode())
                .isIn(200, 302);
        String plan = administrator.get(PLAN).body();
        assertThat(plan).contains("I have seen what is removed (1)");

        administrator.form(PLAN + "/apply", Map.of("_csrf", Visitor.token(plan)));

        assertThat(paper.history(1).get(0).by()).isEqualTo("administrator");
        assertThat(paper.history(1).get(0).plan()).isEqualTo(PaperConfigurations.OPEN);
    }

    @Test
    void refused_files_are_told_on_the_overview_and_each_error_with_its_place() {
        paper.problems(
                List.of(new Flaw("config/app.yaml", 3, 17, "rotate.every", "'<b>' has no amount", "write P30D")));
        Visitor viewer = person("viewer");

        assertThat(viewer.get("/").body()).contains("The configuration files are refused");
        assertThat(viewer.get("/configuration").body())
                .contains("config/app.yaml:3:17")
                .contains("rotate.every")
                .contains("&lt;b&gt;")
                .contains("write P30D")
                .contains("The last good configuration stays in force");
    }

    @Test
    void a_stale_plan_says_so_and_offers_no_button() {
        assertThat(person("administrator")
                        .get("/configuration/plans/" + PaperConfigurations.STALE)
                        .body())
                .contains("Something else was applied since")
                .doesNotContain(">Apply<");
    }
}
