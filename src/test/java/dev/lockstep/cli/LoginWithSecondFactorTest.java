package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Authenticator;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.People;
import dev.lockstep.port.SecondFactors;
import dev.lockstep.testing.PostgresServer;
import dev.lockstep.testing.ShippedOnly;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody with a second factor uses the command line, at two nodes of the whole application on one database. */
class LoginWithSecondFactorTest {

    private static final String PASSWORD = "long enough to pass";
    private static final int MOST_FAILURES = 8;

    @TempDir
    private static Path folder;

    private static final Map<String, ConfigurableApplicationContext> NODES = new HashMap<>();
    private static int count;

    private final String user = "olga-" + ++count;

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @SuppressWarnings("NullAway.Init")
    private Authenticator phone;

    @BeforeAll
    static void two_nodes() throws IOException {
        PostgresServer server = PostgresServer.shared();
        String database = server.createDatabase("cli_tokens");
        for (String node : List.of("one", "two")) {
            Path own = Files.createDirectories(folder.resolve(node));
            Files.createDirectories(own.resolve("config"));
            Files.writeString(own.resolve("config/store.yaml"), "{kind: Store, name: embedded, type: embedded}\n");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "spring.datasource.url", server.url(database),
                    "spring.datasource.username", server.superuser(),
                    "spring.datasource.password", server.superuserPassword(),
                    "lockstep.kek", Base64.getEncoder().encodeToString(new byte[32]),
                    "lockstep.data-dir", own.resolve("data").toString(),
                    "lockstep.config-dir", own.resolve("config").toString(),
                    "lockstep.deploy-models", "false",
                    "lockstep.dispatch", "false",
                    "lockstep.access.step-up.environments", "prod",
                    "server.port", "0"));
            settings.put("server.forward-headers-strategy", "native");
            settings.put("lockstep.access.login-rate.failures", Integer.toString(MOST_FAILURES));
            settings.put("lockstep.access.login-rate.within", "1h");
            settings.put("camunda.bpm.job-execution.enabled", "false");
            NODES.put(
                    node,
                    new SpringApplicationBuilder(LockstepApplication.class)
                            .initializers(context ->
                                    context.getBeanFactory().registerSingleton("shippedOnly", new ShippedOnly()))
                            .run(settings.entrySet().stream()
                                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                                    .toArray(String[]::new)));
        }
    }

    @AfterAll
    static void stop() {
        NODES.values().forEach(ConfigurableApplicationContext::close);
        NODES.clear();
    }

    @BeforeEach
    void somebody_with_a_second_factor(TestInfo test) {
        bean(UserAdministration.class)
                .create("test", user, test.getDisplayName(), SecretValue.of(PASSWORD), Set.of(Role.OPERATOR));
        SecondFactors factors = bean(SecondFactors.class);
        try (SecretValue secret = factors.begin(user).text()) {
            phone = new Authenticator(
                    secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)), Clock.systemUTC());
        }
        // The code of the step before: the one of now is for the login.
        factors.confirm(user, SecretValue.of(earlier(phone)));
        shell = new Shell(home).set("LOCKSTEP_SERVER", "http://localhost:" + port("one"));
    }

    private static String earlier(Authenticator phone) {
        return phone.textAt(Instant.now().minusSeconds(30));
    }

    @Test
    void password_and_code_give_a_token_that_is_kept_for_the_owner_only() throws IOException {
        Shell.Run login = logIn();

        assertThat(login.code()).as(login.err()).isZero();
        Path kept = home.resolve(".config/lockstep/default.token");
        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String token = Files.readString(kept);
        assertThat(token).startsWith("lockstep_pt_").hasSizeGreaterThan(50);
        assertThat(files()).doesNotContain(PASSWORD);
        assertThat(login.out() + login.err()).doesNotContain(token);
        assertThat(shell.run("credentials", "list").code()).isZero();
        assertThat(rows()).doesNotContain(token).contains("token_hash");
        assertThat(trail().toString()).contains("token.issue").doesNotContain(token);
        assertThat(at("two", token, "/api/v1/me/sessions").body()).contains("\"present\":true", "lockstep");
    }

    @Test
    void a_wrong_code_keeps_nothing_and_is_refused_like_a_wrong_password() {
        shell.input(PASSWORD + "\n000000\n");
        Shell.Run wrong = shell.run("login", "--user", user, "--password-file", "-", "--code-file", "-");

        assertThat(wrong.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(wrong.err()).contains("User, password or code is wrong");
        assertThat(home.resolve(".config/lockstep"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());

        shell.input("not the password at all\n" + phone.text() + "\n");
        assertThat(shell.run("login", "--user", user, "--password-file", "-", "--code-file", "-")
                        .err())
                .isEqualTo(wrong.err());
    }

    @Test
    void without_a_code_and_a_terminal_the_option_is_named() {
        shell.input(PASSWORD + "\n");

        Shell.Run login = shell.run("login", "--user", user, "--password-file", "-");

        assertThat(login.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(login.err()).contains("--code-file FILE");
    }

    @Test
    void a_code_works_once_and_what_was_kept_before_stays() {
        Path password = shell.secret("password", PASSWORD);
        Path code = shell.secret("code", phone.text());

        assertThat(shell.run(
                                "login",
                                "--user",
                                user,
                                "--password-file",
                                password.toString(),
                                "--code-file",
                                code.toString())
                        .code())
                .isZero();
        assertThat(shell.run(
                                "login",
                                "--user",
                                user,
                                "--password-file",
                                password.toString(),
                                "--code-file",
                                code.toString())
                        .code())
                .as("the same code again")
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.run("credentials", "list").code())
                .as("what was kept before")
                .isZero();
    }

    @Test
    void logging_out_takes_the_token_back_at_every_node() throws IOException {
        logIn();
        String token = token();
        assertThat(at("two", token, "/api/v1/credentials").statusCode()).isEqualTo(200);

        assertThat(shell.run("logout").code()).isZero();

        assertThat(home.resolve(".config/lockstep/default.token")).doesNotExist();
        for (String node : NODES.keySet()) {
            assertThat(at(node, token, "/api/v1/credentials").statusCode()).isEqualTo(401);
        }
        assertThat(trail().toString()).contains("logout.session");
    }

    static Stream<Arguments> changes() {
        return Stream.<Map.Entry<String, Consumer<String>>>of(
                        Map.entry("roles", id -> bean(People.class).change("test", id, null, List.of("viewer"))),
                        Map.entry("disabled", id -> bean(People.class).disable("test", id)),
                        Map.entry(
                                "password",
                                id -> bean(People.class)
                                        .resetPassword("test", id)
                                        .close()),
                        Map.entry("factor", id -> bean(SecondFactors.class).remove("test", id)))
                .map(change -> Arguments.of(change.getKey(), change.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void a_change_of_the_user_ends_the_token_at_every_node_at_once(String what, Consumer<String> change)
            throws IOException {
        logIn();
        String token = token();
        for (String node : NODES.keySet()) {
            assertThat(at(node, token, "/api/v1/credentials").statusCode()).isEqualTo(200);
        }

        change.accept(user);

        for (String node : NODES.keySet()) {
            HttpResponse<String> answer = at(node, token, "/api/v1/credentials");
            assertThat(answer.statusCode()).as(node).isEqualTo(401);
            assertThat(answer.body()).contains("lockstep login");
        }
        assertThat(shell.run("credentials", "list").code()).isEqualTo(ExitCode.REFUSED.code());
    }

    @Test
    void what_needs_a_fresh_factor_takes_the_token_for_as_long_as_a_session() throws IOException {
        logIn();
        String rotate = "/api/v1/credentials/prod/shop/pg/unknown/rotations";
        assertThat(new Visitor(port("one"))
                        .with("Authorization", "Bearer " + token())
                        .json("POST", rotate, "{\"reason\": \"r\"}")
                        .statusCode())
                .as("fresh, but there is no such credential")
                .isEqualTo(404);

        bean(JdbcClient.class)
                .sql("UPDATE access_session SET factor_at = :at WHERE user_id = :id")
                .param("at", Instant.now().minus(Duration.ofMinutes(16)).atOffset(ZoneOffset.UTC))
                .param("id", user)
                .update();

        HttpResponse<String> stale = new Visitor(port("two"))
                .with("Authorization", "Bearer " + token())
                .json("POST", rotate, "{\"reason\": \"r\"}");
        assertThat(stale.statusCode()).isEqualTo(401);
        assertThat(stale.body()).contains("log in anew on the command line");
        assertThat(at("two", token(), "/api/v1/credentials").statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_opens_the_interfaces_only_and_nothing_when_it_is_cut() throws IOException {
        logIn();

        assertThat(at("one", token(), "/engine-rest/engine").statusCode()).isEqualTo(200);
        assertThat(at("one", token(), "/").statusCode()).isIn(302, 401);
        assertThat(at("one", token(), "/v1/secret/data/x").statusCode()).isEqualTo(403);
        assertThat(at("one", token().substring(0, 40), "/api/v1/credentials").statusCode())
                .isEqualTo(401);
        assertThat(at("one", "lockstep_pt_", "/api/v1/credentials").statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_is_not_used_for_half_an_hour_ends() throws IOException {
        logIn();
        bean(JdbcClient.class)
                .sql("UPDATE access_session SET seen_at = :at WHERE user_id = :id")
                .param("at", Instant.now().minus(Duration.ofMinutes(31)).atOffset(ZoneOffset.UTC))
                .param("id", user)
                .update();

        assertThat(at("one", token(), "/api/v1/credentials").statusCode()).isEqualTo(401);
    }

    @Test
    void a_one_time_password_gives_no_token_and_who_has_no_second_factor_needs_no_code() {
        try (SecretValue first = bean(People.class).add("test", user + ".new", "New", List.of("viewer"))) {
            String password = first.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
            HttpResponse<String> refused = login(user + ".new", password, "203.0.113.1");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("replace it at /password first").doesNotContain(password);
        }
        bean(UserAdministration.class)
                .create("test", user + ".plain", "Plain", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        assertThat(login(user + ".plain", PASSWORD, "203.0.113.1").body()).contains("lockstep_pt_");
    }

    @Test
    void an_address_with_too_many_failures_waits_and_who_is_known_there_does_not() {
        People people = bean(People.class);
        bean(UserAdministration.class)
                .create("test", user + ".known", "Known", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        bean(UserAdministration.class)
                .create("test", user + ".other", "Other", SecretValue.of(PASSWORD), Set.of(Role.VIEWER));
        String address = "203.0.113." + (100 + count);
        assertThat(login(user + ".known", PASSWORD, address).statusCode()).isEqualTo(200);

        IntStream.range(0, MOST_FAILURES)
                .forEach(i -> assertThat(login("nobody." + i, "a wrong password", address)
                                .statusCode())
                        .isEqualTo(401));

        HttpResponse<String> limited = login(user + ".other", PASSWORD, address);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(3000, 3600);
        assertThat(login("nobody.more", PASSWORD, address).statusCode()).isEqualTo(429);
        HttpResponse<String> basic = new Visitor(port("one"))
                .with("X-Forwarded-For", address)
                .basic(user + ".other", PASSWORD)
                .get("/api/v1/credentials");
        assertThat(basic.statusCode()).isEqualTo(429);
        assertThat(basic.headers().firstValue("Retry-After")).isPresent();
        HttpResponse<String> page = new Visitor(port("one"))
                .browser()
                .with("X-Forwarded-For", address)
                .logIn(user + ".other", PASSWORD);
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("Too many failed logins");

        assertThat(login(user + ".known", PASSWORD, address).statusCode())
                .as("known there")
                .isEqualTo(200);
        assertThat(login(user + ".other", PASSWORD, "203.0.113." + (200 + count))
                        .statusCode())
                .as("from elsewhere")
                .isEqualTo(200);
        assertThat(people.find(user + ".other").orElseThrow().lockedUntil()).isNull();
        assertThat(bean(AuditReview.class).entries(AuditReview.Filter.ALL, null, 100))
                .filteredOn(entry -> entry.action().equals("login.limit")
                        && address.equals(entry.details().get("address")))
                .hasSize(1);
    }

    private HttpResponse<String> login(String who, String password, String address) {
        return new Visitor(port("one"))
                .with("X-Forwarded-For", address)
                .json("POST", "/api/v1/login", "{\"user\": \"" + who + "\", \"password\": \"" + password + "\"}");
    }

    private Shell.Run logIn() {
        shell.input(PASSWORD + "\n" + phone.text() + "\n");
        return shell.run("login", "--user", user, "--password-file", "-", "--code-file", "-");
    }

    private String token() throws IOException {
        return Files.readString(home.resolve(".config/lockstep/default.token"));
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> found = Files.walk(home.resolve(".config"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private String rows() {
        return bean(JdbcClient.class)
                .sql("SELECT * FROM access_session WHERE user_id = :id")
                .param("id", user)
                .query()
                .listOfRows()
                .toString();
    }

    private List<AuditReview.Entry> trail() {
        return bean(AuditReview.class).entries(AuditReview.Filter.subject(user), null, 50);
    }

    private static HttpResponse<String> at(String node, String token, String path) {
        return new Visitor(port(node)).with("Authorization", "Bearer " + token).get(path);
    }

    private static int port(String node) {
        return ((ServletWebServerApplicationContext) node(node)).getWebServer().getPort();
    }

    private static <T> T bean(Class<T> type) {
        return node("one").getBean(type);
    }

    private static ConfigurableApplicationContext node(String name) {
        ConfigurableApplicationContext node = NODES.get(name);
        if (node == null) {
            throw new AssertionError("no node " + name);
        }
        return node;
    }
}
