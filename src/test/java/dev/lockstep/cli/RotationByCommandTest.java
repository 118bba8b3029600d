package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What engineers do every day: look, rotate, follow; in this process and as a process of its own. */
class RotationByCommandTest extends OnAnEstate {

    @Test
    void a_rotation_is_asked_for_and_followed_to_its_end() {
        Shell.Run run = as("olga").run("rotate", "test/shop/pg/orders", "--reason", "a colleague left", "--wait");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("outcome", "rotated", "a colleague left", "ATTEMPTS", "apply");
        assertThat(run.err()).contains("apply", "succeeded", "ended as rotated");
        assertThat(estate.logsIn("orders", Estate.IN_USE + "-by-orders")).isFalse();
        Shell.Run versions = as("vera").run("credentials", "versions", "test/shop/pg/orders", "-o", "json");
        assertThat(versions.json()).hasSize(2);
        assertThat(versions.json().at("/0/stage").asText()).isEqualTo("current");
    }

    @Test
    void the_launcher_starts_a_process_that_does_the_same() throws Exception {
        Launcher launcher = Launcher.install(home.resolve("opt"));
        Map<String, String> environment = as("olga").environment();

        assertThat(launcher.run(environment, "--version").out()).isEqualTo("lockstep 1.2.3-test\n");
        Shell.Run rotated = launcher.run(
                environment, "rotate", "test/shop/pg/reports", "-r", "from a process", "--wait", "-o", "yaml");
        assertThat(rotated.code()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("credential: test/shop/pg/reports", "outcome: rotated");
        Shell.Run list = launcher.run(environment, "credentials", "list");
        assertThat(list.out()).contains("NAME", "STATE", "test/shop/pg/reports").doesNotContain("\u001b[");
        Shell.Run unknown = launcher.run(environment, "credentials", "show", "test/shop/pg/nobody");
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err()).contains("There is no credential test/shop/pg/nobody.");
    }

    @Test
    void a_rotation_that_fails_ends_the_command_with_one() {
        String id = as("olga")
                .run("rotate", "test/shop/pg/legacy", "-r", "x", "-o", "json")
                .json()
                .path("id")
                .asText();

        Shell.Run waited = followed(id, "Resolve failed rotation");

        assertThat(waited.code()).isEqualTo(6);
        assertThat(waited.err()).contains("may not change the role").contains("it goes on");
        assertThat(as("vera").run("tasks").out()).contains("Resolve failed rotation", "test/shop/pg/legacy");
    }

    @Test
    void what_waits_for_an_approval_times_out_and_is_taken_back_by_nobody() {
        String id = as("olga")
                .run("rotate", "test/shop/pg/approved", "-r", "x", "-o", "json")
                .json()
                .path("id")
                .asText();

        assertThat(followed(id, "Approve rotation").code()).isEqualTo(6);
        Shell.Run again = as("olga").run("rotate", "test/shop/pg/approved", "-r", "x");
        assertThat(again.code()).isEqualTo(5);
        assertThat(again.err()).contains("under way");
    }

    /** Follows for a few seconds, again and again, until it waits for a person. */
    private Shell.Run followed(String id, String task) {
        for (int i = 0; i < 30; i++) {
            Shell.Run run = as("olga").run("operations", "follow", id, "--timeout", "3s");
            if (run.err().contains(task)) {
                return run;
            }
        }
        throw new AssertionError(id + " does not come to " + task);
    }

    @Test
    void who_may_not_is_refused_with_what_it_needs() {
        Shell.Run run = as("vera").run("rotate", "test/shop/pg/narrow", "-r", "x");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("operator");
        assertThat(as("anton").run("audit", "verify").code()).isZero();
        assertThat(as("vera").run("audit", "verify").code()).isEqualTo(3);
    }

    @Test
    void a_wrong_password_is_refused_and_says_how_to_log_in() {
        Shell.Run run = Shell.of(home, port, "vera", "not hers at all").run("credentials", "list");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("lockstep login").doesNotContain("not hers");
    }

    @Test
    void a_field_that_the_server_refuses_is_named() {
        Shell.Run run = as("olga").run("rotate", "test/shop/pg/narrow", "-r", " ");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("lockstep: A reason for the record is needed");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void a_leaked_value_is_read_from_standard_input_and_contained() {
        Shell.Run run = as("olga")
                .input(Estate.IN_USE + "-by-leaked\n")
                .run("revoke", "--leaked-file", "-", "--note", "seen in a gist", "--exposure", "public", "--wait");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("test/shop/pg/leaked", "revoke-now");
        assertThat(run.out() + run.err()).doesNotContain(Estate.IN_USE);
        assertThat(estate.logsIn("leaked", Estate.IN_USE + "-by-leaked")).isFalse();
    }

    @Test
    void a_life_ends_by_command() {
        Shell.Run dry = as("olga").run("decommission", "--label", "sandbox=true", "--dry-run", "-r", "x");
        assertThat(dry.out()).contains("test/shop/pg/sandbox").doesNotContain("test/shop/pg/ending");

        Shell.Run run = as("olga").run("decommission", "test/shop/pg/ending", "-r", "switched off", "--wait");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("decommissioned");
    }

    @Test
    void a_table_is_coloured_in_a_terminal_only() {
        Shell narrow = as("vera").terminal(80);

        Shell.Run run = narrow.run("credentials", "list", "--search", "narrow");

        assertThat(run.out()).contains("\u001b[").contains("test/shop/pg/narrow");
        assertThat(narrow.set("NO_COLOR", "1").run("credentials", "list").out()).doesNotContain("\u001b[");
    }

    @Test
    void consumers_speak_by_command() {
        Shell.Run run = as("olga").run("consumers", "acknowledge", "test/shop/pg/narrow", "web");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(as("vera").run("credentials", "show", "test/shop/pg/narrow").out())
                .containsPattern("web +1 ");
        assertThat(as("olga")
                        .run("consumers", "acknowledge", "test/shop/pg/narrow", "nobody")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void a_new_user_gets_a_password_in_a_file_of_its_own_only() throws IOException {
        Path file = home.resolve("nora.password");

        Shell.Run run = as("adam")
                .run("users", "add", "nora", "--name", "Nora New", "--role", "viewer", "--write-to", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(file).content().hasSizeGreaterThan(10);
        assertThat(run.out()).contains("Nora New").doesNotContain(Files.readString(file));
        assertThat(as("adam").run("users", "disable", "nora").out()).contains("no");
        assertThat(as("vera").run("users", "list").code()).isEqualTo(3);
    }

    @Test
    void what_somebody_may_do_is_explained() {
        Shell.Run run = as("anton").run("access", "explain", "olga", "operate", "test/shop/pg/orders");
        Shell.Run own = as("vera").run("access", "explain", "vera", "operate", "test", "-o", "json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("allowed +yes").contains("by the role operator");
        assertThat(own.json().path("allowed").asBoolean(true)).isFalse();
        assertThat(own.json().path("reason").asText()).isEqualTo("this needs the role operator");
        assertThat(as("vera").run("access", "explain", "olga", "operate").code())
                .isEqualTo(3);
        assertThat(as("anton").run("access", "explain", "nobody", "read").code())
                .isEqualTo(4);
    }

    @Test
    void processes_are_listed_tried_and_deployed_by_command() {
        assertThat(as("vera").run("process", "list").out()).contains("rotation", "issuance");

        Shell.Run tried = as("dora").run("process", "dry-run", "processes/rotation.bpmn", "-o", "json");
        assertThat(tried.code()).as(tried.err()).isZero();
        assertThat(tried.json().path("outcome").asText()).isEqualTo("rotated");

        Path model = as("dora").file("evil.bpmn", "<!DOCTYPE a><a/>", "rw-r--r--");
        Shell.Run linted = as("dora").run("process", "lint", model.toString(), "processes/schedule.bpmn", "-o", "json");
        assertThat(linted.code()).isEqualTo(1);
        assertThat(linted.json()).hasSize(1);
        assertThat(linted.json().at("/0/file").asText()).isEqualTo("evil.bpmn");
        assertThat(as("dora").run("process", "lint", "processes/schedule.bpmn").code())
                .isZero();

        Shell.Run refused = as("dora").run("process", "deploy", model.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("'evil.bpmn' is refused").contains("DOCTYPE");

        Shell.Run deployed = as("dora").run("process", "deploy", "processes/leak-triage.dmn");
        assertThat(deployed.code()).as(deployed.err()).isZero();
    }

    @Test
    void everything_that_can_be_listed_is() {
        for (String[] command : new String[][] {
            {"operations", "list"},
            {"incidents", "list"},
            {"drill", "list"},
            {"unmanaged", "list"},
            {"access-review", "show"},
            {"process", "rollout", "list", "rotation"},
            {"process", "migrate", "list", "rotation"},
            {"process", "versions", "rotation"},
            {"credentials", "operations", "test/shop/pg/narrow"}
        }) {
            Shell.Run run = as("vera").run(command);
            assertThat(run.code()).as(String.join(" ", command) + run.err()).isZero();
        }
        assertThat(as("anton")
                        .run("audit", "events", "--limit", "3", "-o", "json")
                        .json())
                .hasSize(3);
    }

    @Test
    void a_profile_is_made_by_a_login_that_works_and_used_from_then_on() {
        Shell shell = new Shell(home).input(Estate.PASSWORD + "\n");
        String server = "http://localhost:" + port;

        Shell.Run wrong = new Shell(home)
                .input("not hers at all")
                .run("login", "--server", server, "--user", "vera", "--password-file", "-");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(home.resolve(".config/lockstep/default.password")).doesNotExist();
        assertThat(shell.run("credentials", "list").code()).isEqualTo(2);

        Shell.Run login = shell.run("login", "-s", server, "--user", "vera", "--password-file", "-", "-p", "here");
        assertThat(login.code()).as(login.err()).isZero();
        assertThat(shell.input("").run("credentials", "list").out()).contains("test/shop/pg/narrow");
        assertThat(shell.run("profiles", "list").out()).contains("here", "yes", "vera");
        assertThat(home.resolve(".config/lockstep/config.yaml")).content().doesNotContain(Estate.PASSWORD);

        assertThat(shell.run("logout").code()).isZero();
        assertThat(home.resolve(".config/lockstep/here.password")).doesNotExist();
        assertThat(shell.run("credentials", "list").code()).isEqualTo(2);
    }
}
