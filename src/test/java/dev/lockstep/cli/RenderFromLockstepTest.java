package dev.lockstep.cli;

import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.delivery.DeliveryHouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the shipped application become files, for a program that logs in with role_id and secret_id. */
class RenderFromLockstepTest {

    private static final String[] RENDER = {
        "render",
        "--form",
        "json",
        "--set",
        "user=" + SINGLE + "#username",
        "--set",
        "password=" + SINGLE,
        "--to",
        "-",
        "--role",
        "shop-web",
        "--secret-id-file",
        "-"
    };

    private static final String SCHEMA = """
            ---
            kind: SecretSchema
            name: database-user
            versions:
              v2: {login: "${username}", password: "${password}"}
              v1: {username: "${login}", password: "${password}"}
            """;

    @Test
    void a_program_renders_the_version_of_the_schema_that_it_asks_for(@TempDir Path home) {
        try (DeliveryHouse house = DeliveryHouse.open(Map.of(), SCHEMA)) {
            house.rotate(SINGLE);
            Shell shell = new Shell(home).set("LOCKSTEP_SERVER", "http://localhost:" + house.port());
            String[] second = RENDER.clone();
            second[4] = "user=" + SINGLE + "@v2#login";
            second[6] = "password=" + SINGLE + "@v2";

            Shell.Run run = shell.input(house.secretId("shop-web")).run(second);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(house.logsIn(
                            run.json().path("user").asText(),
                            run.json().path("password").asText()))
                    .isTrue();
            second[6] = "password=" + SINGLE + "@latest";
            assertThat(shell.input("unused").run(second).code()).isEqualTo(2);
        }
    }

    @Test
    void a_program_renders_what_it_may_read_and_leaves_no_login_behind(@TempDir Path home) {
        try (DeliveryHouse house = DeliveryHouse.open()) {
            house.rotate(SINGLE);
            Shell shell = new Shell(home).set("LOCKSTEP_SERVER", "http://localhost:" + house.port());

            Shell.Run run = shell.input(house.secretId("shop-web")).run(RENDER);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(house.logsIn(
                            run.json().path("user").asText(),
                            run.json().path("password").asText()))
                    .isTrue();
            assertThat(house.jdbc()
                            .sql("SELECT count(*) FROM delivery_token WHERE identity = 'shop-web'")
                            .query(Integer.class)
                            .single())
                    .as("tokens that are left")
                    .isZero();

            Shell.Run wrong = shell.input("lki.wrong").run(RENDER);
            assertThat(wrong.code()).isEqualTo(3);
            assertThat(wrong.err())
                    .contains("does not log in with this secret_id")
                    .doesNotContain("lki.wrong");
            assertThat(shell.run("render", "--form", "json", "--set", "a=" + SINGLE, "--to", "-", "--role", "shop-web")
                            .code())
                    .isEqualTo(2);
        }
    }
}
