package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What builds ask: is it fit for use, does it log in; by command, and by the scripts of the templates as they are. */
class GateByCommandTest extends OnAnEstate {

    private static final String SOUND = "test/shop/pg/sound";
    private static final String DRIFTING = "test/shop/pg/drifting";

    @BeforeEach
    void somebodyChangesAPasswordOutside() {
        estate.sql("ALTER ROLE " + estate.role("drifting") + " PASSWORD 'changed by hand'");
    }

    @Test
    void a_login_is_tried_and_what_is_found_shuts_the_gate() throws Exception {
        Shell.Run fine = as("olga").run("check", SOUND);
        assertThat(fine.code()).as(fine.err()).isZero();
        assertThat(fine.out()).contains(SOUND, "ok");
        assertThat(as("vera").run("gate", SOUND, "--verified-within", "1h").code())
                .isZero();

        Shell.Run refused = as("olga").run("check", SOUND, DRIFTING, "-o", "json");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.json().at("/1/failure/code").asText()).isEqualTo("drift");
        assertThat(refused.err()).contains("1 of 2 do not log in");

        Path junit = home.resolve("gate.xml");
        Shell.Run gate = as("vera").run("gate", SOUND, DRIFTING, "--junit", junit.toString());
        assertThat(gate.code()).isEqualTo(1);
        assertThat(gate.out()).containsPattern(SOUND + " +open").containsPattern(DRIFTING + " +shut +.*is refused");
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
    }

    @Test
    void a_check_is_in_the_audit_trail_and_needs_an_operator() {
        assertThat(as("vera").run("check", SOUND).code()).isEqualTo(3);
        assertThat(as("olga").run("check", SOUND).code()).isZero();

        JsonNode events = as("anton")
                .run("audit", "events", "--subject", SOUND, "-o", "json")
                .json();
        assertThat(events).anySatisfy(event -> {
            assertThat(event.path("action").asText()).isEqualTo("credential.check");
            assertThat(event.path("actor").asText()).isEqualTo("olga");
            assertThat(event.at("/details/result").asText()).isEqualTo("logs in");
        });
    }

    @Test
    void a_credential_that_nobody_knows_shuts_the_gate() {
        Shell.Run run = as("vera").run("gate", "test/shop/pg/nobody", "-o", "json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().at("/0/reasons/0/kind").asText()).isEqualTo("unknown");
        assertThat(as("vera").run("gate").code()).isEqualTo(2);
    }

    @Test
    void names_come_from_a_file_with_comments() {
        Path file = as("vera").file("names", "# ours\n" + SOUND + "  # the orders\n\n", "rw-r--r--");

        assertThat(as("vera").run("gate", "--file", file.toString()).code()).isZero();
    }

    @Test
    void the_github_action_runs_as_it_is() throws Exception {
        JsonNode action = yaml("docs/ci/github/action.yml");
        Map<String, String> inputs = inputs(action);
        inputs.put("server", "http://localhost:" + port);
        inputs.put("user", "olga");
        inputs.put("password", Estate.PASSWORD);
        inputs.put("credentials", "# ours\n" + SOUND + "\n");
        inputs.put("check", "true");
        inputs.put("verified-within", "1h");
        JsonNode step = action.at("/runs/steps/1");
        Map<String, String> environment = filled(step.path("env"), inputs);
        Path summary = home.resolve("summary");
        environment.put("GITHUB_STEP_SUMMARY", summary.toString());
        environment.put("RUNNER_TEMP", home.toString());
        Launcher launcher = Launcher.install(home.resolve("opt"));

        Shell.Run open = launcher.bash(environment, home, step.path("run").asText());
        assertThat(open.code()).as(open.err()).isZero();
        assertThat(summary).content().contains("### Lockstep gate", SOUND, "open");
        assertThat(home.resolve("lockstep-gate.xml")).content().contains("tests=\"1\" failures=\"0\"");

        environment.put("CREDENTIALS", SOUND + "\ntest/shop/pg/nobody");
        environment.put("CHECK", "false");
        Shell.Run shut = launcher.bash(environment, home, step.path("run").asText());
        assertThat(shut.code()).isEqualTo(1);
        assertThat(shut.out()).contains("Lockstep does not know it");
        assertThat(open.out() + shut.out() + open.err() + shut.err()).doesNotContain(Estate.PASSWORD);
        try (var left = Files.list(home)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("lockstep."));
        }
    }

    @Test
    void the_github_action_installs_what_has_the_right_sum_only() throws Exception {
        JsonNode action = yaml("docs/ci/github/action.yml");
        String script = action.at("/runs/steps/0/run").asText();
        Launcher launcher = Launcher.install(home.resolve("opt"));
        Path archive = home.resolve("cli.tar.gz");
        launcher.bash(Map.of(), home, "tar -czf cli.tar.gz -C opt bin lib");
        String sum = launcher.bash(Map.of(), home, "sha256sum cli.tar.gz | cut -d ' ' -f 1")
                .out()
                .strip();
        Path path = home.resolve("path");
        Map<String, String> environment = new HashMap<>(
                Map.of("CLI_URL", archive.toUri().toString(), "CLI_SHA256", sum, "GITHUB_PATH", path.toString()));

        Shell.Run installed = launcher.bash(environment, home, script);
        assertThat(installed.code()).as(installed.err()).isZero();
        assertThat(Path.of(Files.readString(path).strip()).resolve("lockstep")).isExecutable();

        environment.put("CLI_SHA256", "0".repeat(64));
        assertThat(launcher.bash(environment, home, script).code()).isNotZero();
    }

    @Test
    void the_gitlab_template_runs_as_it_is() throws Exception {
        JsonNode job = yaml("docs/ci/gitlab/lockstep.gitlab-ci.yml").path(".lockstep-gate");
        Map<String, String> environment = filled(job.path("variables"), Map.of());
        Path password = as("olga").file("file-variable", Estate.PASSWORD, "rw-rw-rw-");
        environment.putAll(Map.of(
                "LOCKSTEP_SERVER",
                "http://localhost:" + port,
                "LOCKSTEP_USER",
                "olga",
                "LOCKSTEP_PASSWORD",
                password.toString(),
                "LOCKSTEP_CREDENTIALS",
                SOUND,
                "LOCKSTEP_CHECK",
                "true"));
        Launcher launcher = Launcher.install(home.resolve("opt"));

        Shell.Run open = launcher.bash(environment, home, job.at("/script/0").asText());
        assertThat(open.code()).as(open.err()).isZero();
        assertThat(home.resolve(job.at("/artifacts/reports/junit").asText())).exists();

        environment.put("LOCKSTEP_CREDENTIALS", SOUND + " test/shop/pg/nobody");
        environment.put("LOCKSTEP_CHECK", "false");
        assertThat(launcher.bash(environment, home, job.at("/script/0").asText())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void the_stage_for_jenkins_runs_as_it_is() throws Exception {
        Matcher script =
                Pattern.compile("(?s)sh '''(.*?)'''").matcher(Files.readString(Path.of("docs/ci/jenkins/Jenkinsfile")));
        assertThat(script.find()).isTrue();
        Map<String, String> environment = new HashMap<>(as("vera").environment());
        environment.put("LOCKSTEP_CREDENTIALS", SOUND);
        Launcher launcher = Launcher.install(home.resolve("opt"));

        Shell.Run open = launcher.bash(environment, home, script.group(1));
        assertThat(open.code()).as(open.err()).isZero();
        environment.put("LOCKSTEP_CREDENTIALS", "test/shop/pg/nobody");
        assertThat(launcher.bash(environment, home, script.group(1)).code()).isEqualTo(1);
    }

    private static JsonNode yaml(String file) throws IOException {
        return Json.readYaml(Files.readString(Path.of(file)));
    }

    private static Map<String, String> inputs(JsonNode action) {
        Map<String, String> inputs = new HashMap<>();
        action.path("inputs")
                .properties()
                .forEach(input -> inputs.put(
                        input.getKey(), input.getValue().path("default").asText("")));
        return inputs;
    }

    /** Puts inputs where an expression names them, as the runner does. */
    private static Map<String, String> filled(JsonNode environment, Map<String, String> inputs) {
        Map<String, String> filled = new HashMap<>();
        environment.properties().forEach(variable -> {
            String text = variable.getValue().asText();
            for (Map.Entry<String, String> input : inputs.entrySet()) {
                text = text.replace("${{ inputs." + input.getKey() + " }}", input.getValue());
            }
            filled.put(variable.getKey(), text);
        });
        return filled;
    }
}
