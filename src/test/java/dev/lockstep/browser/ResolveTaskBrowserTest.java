package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.InitialLogin;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * An operator's work: a rotation that a real server refused, its task in a real browser, the cause fixed, and a retry.
 */
@Tag("extended")
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:resolve-browser;DB_CLOSE_DELAY=-1",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.models-dir=target/no-models",
            "lockstep.access.print-initial-login=true"
        })
class ResolveTaskBrowserTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String ADMIN = SERVER.unique("browser_admin");
    private static final String ROLE = SERVER.unique("browser_legacy");
    private static final CredentialName CREDENTIAL = CredentialName.of("test/browser/pg/legacy");

    @TempDir
    private static Path folder;

    private final int port;
    private final InitialLogin login;
    private Browser browser;

    @Autowired
    private AdoptCredentials adopt;

    @Autowired
    private Rotations rotations;

    @Autowired
    private Operations operations;

    @Autowired
    private Escalations escalations;

    ResolveTaskBrowserTest(@LocalServerPort int port, @Autowired InitialLogin login) {
        this.port = port;
        this.login = login;
    }

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) throws IOException {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD 'of-the-administrator'",
                "CREATE ROLE " + ROLE + " LOGIN PASSWORD 'in-use-until-now'");
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("house.yaml"), """
                kind: Policy
                name: on-demand
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 32, classes: [lower, upper, digit]}
                grace: {at-most: PT0S}
                on-failure: {retry-later: {times: 0}}
                ---
                kind: Target
                name: pg
                type: postgresql
                settings: {host: localhost, port: %d, database: postgres, admin: %s, password: "%s"}
                ---
                kind: Store
                name: main
                type: embedded
                ---
                kind: Credential
                name: %s
                owner: browser
                class: database-user
                target: pg
                store: main
                principal: %s
                policy: on-demand
                initial: "%s"
                """.formatted(
                        SERVER.port(),
                        ADMIN,
                        secret("admin", "of-the-administrator"),
                        CREDENTIAL,
                        ROLE,
                        secret("initial", "in-use-until-now")));
        registry.add("lockstep.config-dir", config::toString);
        registry.add("lockstep.data-dir", () -> folder.resolve("data").toString());
    }

    private static String secret(String name, String value) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
        return "${file:" + file + "}";
    }

    @BeforeEach
    void openBrowser() {
        browser = new Browser(port);
    }

    @AfterEach
    void closeBrowser(TestInfo test) {
        browser.screenshot(test.getTestMethod().orElseThrow().getName());
        browser.close();
    }

    @Test
    void the_task_shows_the_facts_and_retry_finishes_the_rotation() throws InterruptedException {
        adopt.run();
        Operation operation = rotations.rotate(CREDENTIAL, false, "tester", "a browser test");
        await(() -> !escalations.open(1).isEmpty());
        String task = escalations.open(1).get(0).id();

        browser.open("/camunda/app/tasklist/default/#/?task=" + task);
        logIn();
        browser.open("/camunda/app/tasklist/default/#/?task=" + task);
        browser.press("Claim");
        assertThat(browser.find("textarea[id*=failureMessage]").getDomProperty("value"))
                .contains("GRANT \"" + ROLE + "\" TO \"" + ADMIN + "\" WITH ADMIN OPTION");
        assertThat(browser.find("textarea[id*=atTarget]").getDomProperty("value"))
                .contains("version 1 (CURRENT, " + ROLE + ") logs in");
        browser.screenshot("resolve-failed-rotation");

        SERVER.execute("postgres", "GRANT " + ROLE + " TO " + ADMIN + " WITH ADMIN OPTION");
        browser.click("input[type=radio][id*='choice-1']");
        browser.press("Complete");
        await(() -> operations.get(operation.id()).outcome() == Outcome.ROTATED);
    }

    private void logIn() {
        browser.type("username", login.user());
        browser.type(
                "password", login.password().orElseThrow().expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        browser.press("Log in");
        browser.find("[cam-tasks]");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }
}
