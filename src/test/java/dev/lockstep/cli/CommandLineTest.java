package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line does before it asks a server. */
class CommandLineTest {

    private static final String SECRET = "hunter2hunter2";

    private final Path home;

    CommandLineTest(@TempDir Path home) {
        this.home = home;
    }

    private static Terminal nowhere() {
        return new Shell(Path.of("nowhere")).terminal(new StringWriter(), new StringWriter());
    }

    private Shell shell() {
        return new Shell(home);
    }

    static Stream<List<String>> commands() {
        CommandLine root = Commands.all(nowhere());
        return below(root, List.of());
    }

    private static Stream<List<String>> below(CommandLine command, List<String> path) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .flatMap(sub -> below(
                                sub.getValue(),
                                Stream.concat(path.stream(), Stream.of(sub.getKey()))
                                        .toList())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_explains_itself(List<String> path) {
        Shell.Run run =
                shell().run(Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: lockstep").contains("--output").contains("-s, --server");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void the_list_of_commands_is_complete_although_it_is_made_without_them() {
        String help = shell().run("--help").out();

        Commands.all(nowhere())
                .getSubcommands()
                .forEach((name, command) -> assertThat(help).contains(name));
        assertThat(help).contains("Replace the secret of a credential.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password=" + SECRET,
                "--password",
                "-password",
                "--token=" + SECRET,
                "--api-key=" + SECRET,
                "--leaked=" + SECRET,
                "--PASSWORD=" + SECRET,
                "--admin-password=" + SECRET,
                "--value=" + SECRET,
                "--server=https://vera:" + SECRET + "@lockstep.example.com"
            })
    void a_secret_on_the_command_line_is_refused_and_not_repeated(String argument) {
        Shell.Run run = shell().run("credentials", "list", argument, SECRET);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("every user of this machine can read a command line");
        assertThat(run.out() + run.err()).doesNotContain(SECRET);
    }

    @Test
    void an_option_that_names_a_file_is_no_secret() {
        Shell.Run run = shell().run(
                        "credentials", "list", "--password-file", "nowhere", "--user", "x", "-s", "http://localhost:1");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere cannot be read");
    }

    @Test
    void a_file_that_everybody_may_read_holds_no_secret() {
        Path open = shell().file("open", SECRET, "rw-r--r--");

        Shell.Run run = shell().run(
                        "credentials",
                        "list",
                        "-s",
                        "http://localhost:1",
                        "--user",
                        "x",
                        "--password-file",
                        open.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("chmod 600");
    }

    @Test
    void a_login_does_not_go_to_another_machine_without_tls() {
        Path file = shell().secret("password", SECRET);

        Shell.Run run = shell().run(
                        "tasks",
                        "-s",
                        "http://lockstep.example.com",
                        "--user",
                        "x",
                        "--password-file",
                        file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--allow-http");
    }

    @Test
    void a_server_that_does_not_listen_is_unreachable() {
        Path file = shell().secret("password", SECRET);

        Shell.Run run =
                shell().run("tasks", "-s", "http://localhost:1", "--user", "x", "--password-file", file.toString());

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err()).contains("http://localhost:1 does not answer: nothing listens there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prod", "prod/shop/pg", "Prod/shop/pg/x", "prod/shop/pg/../x", "a/b/c/d/e", "a/b/c/\u001b[31m"})
    void a_name_that_is_none_is_refused_before_the_server_is_asked(String name) {
        Shell.Run run = shell().run("credentials", "show", name, "-s", "http://localhost:1", "--user", "x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("\u001b");
    }

    @Test
    void what_is_misspelled_is_answered_with_what_may_be_meant() {
        Shell.Run run = shell().run("rotat", "x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("rotate").contains("Try: lockstep --help");
    }

    @Test
    void a_value_that_is_called_like_a_command_confuses_nobody() {
        Shell.Run run = shell().run("rotate", "nobody", "-r", "tasks", "-s", "http://localhost:1", "--user", "x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("'nobody' is no credential");
    }

    @Test
    void profiles_that_others_may_read_are_not_used() {
        shell().file(".config/lockstep/config.yaml", "profiles: {}\n", "rw-r--r--");

        Shell.Run run = shell().run("profiles", "list");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profiles: {x: {sever: https://a.example}}",
                "profiles: {x: y}",
                "profile: {}",
                "profiles: [",
                "just text"
            })
    void a_wrong_file_of_profiles_is_refused_with_its_field_or_line(String content) {
        shell().secret(".config/lockstep/config.yaml", content);

        Shell.Run run = shell().run("profiles", "list");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("config.yaml").containsAnyOf("field", ":1", "fields");
    }

    @Test
    void what_is_written_for_oneself_is_for_oneself_only() throws IOException {
        Path file = home.resolve("deep/er/secret");

        PrivateFiles.replace(file, new byte[] {1});
        PrivateFiles.replace(file, new byte[] {2});

        assertThat(file).hasBinaryContent(new byte[] {2});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(file.getParent()).isDirectoryContaining(each -> each.equals(file));
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void each_exit_code_is_documented_and_stands_alone(ExitCode code) throws IOException {
        assertThat(Files.readString(Path.of("docs/cli.md"))).contains("| " + code.code() + " | " + code.meaning());
        Set<Integer> codes = new HashSet<>(
                Arrays.stream(ExitCode.values()).map(ExitCode::code).toList());
        assertThat(codes).hasSameSizeAs(ExitCode.values());
    }

    @Test
    void the_shells_get_their_completions() {
        assertThat(shell().run("completion", "bash").out()).contains("complete -F _complete_lockstep", "roll-back");
        assertThat(shell().run("completion", "zsh").out()).contains("compinit", "roll-back");
        assertThat(shell().run("completion", "fish").out()).contains("complete -c lockstep", "roll-back", "-l reason");
        assertThat(shell().run("completion", "tcsh").code()).isEqualTo(2);
    }

    @Test
    void bash_completes_commands_and_options() throws Exception {
        Path script =
                shell().file("completion", shell().run("completion", "bash").out(), "rw-------");

        Process bash = new ProcessBuilder("bash", "-c", """
                source "$0"
                COMP_WORDS=(lockstep cred); COMP_CWORD=1; _complete_lockstep; echo "${COMPREPLY[@]}"
                COMP_WORDS=(lockstep rotate --em); COMP_CWORD=2; _complete_lockstep; echo "${COMPREPLY[@]}"
                """, script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("credentials")
                .contains("--emergency");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void a_table_is_as_wide_as_the_terminal_and_cuts_texts_only() throws IOException {
        StringWriter out = new StringWriter();
        Terminal narrow = shell().set("NO_COLOR", "1").terminal(60).terminal(out, new StringWriter());
        String long1 = "a long text that does not fit beside the others at all";

        new Page(narrow)
                .table(
                        Json.read(
                                "[{\"n\": \"prod/shop/postgres/orders-app\", \"t\": \"" + long1 + "\", \"u\": \"x\"}]"),
                        Column.name("name", "/n"),
                        Column.text("text", "/t"),
                        Column.text("other", "/u"));
        narrow.out().flush();

        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.length() <= 60);
        assertThat(out.toString()).contains("prod/shop/postgres/orders-app", "a long text", "…");
    }

    @Test
    void times_are_written_as_people_write_them() {
        assertThat(Text.duration("--timeout", "90s")).hasSeconds(90);
        assertThat(Text.duration("--timeout", "2h")).hasHours(2);
        assertThat(Text.duration("--timeout", "1d")).hasDays(1);
        assertThat(Text.duration("--timeout", "PT10M")).hasMinutes(10);
        for (String wrong : List.of("0s", "-1m", "soon", "10", "")) {
            Shell.Run run = shell().run(
                            "rotate",
                            "a/b/c/d",
                            "-r",
                            "x",
                            "--timeout",
                            wrong,
                            "-s",
                            "http://localhost:1",
                            "--user",
                            "x");
            assertThat(run.code()).as(wrong).isEqualTo(2);
            assertThat(run.err()).contains("--timeout");
        }
    }
}
