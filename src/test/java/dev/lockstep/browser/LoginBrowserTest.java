package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.InitialLogin;
import dev.lockstep.testing.EmptyHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** A person's way in: the whole application, and a real browser. */
@Tag("extended")
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:login-browser",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.access.print-initial-login=true"
        })
class LoginBrowserTest {

    @TempDir
    private static Path folder;

    private final int port;
    private final InitialLogin login;
    private Browser browser;

    LoginBrowserTest(@LocalServerPort int port, @Autowired InitialLogin login) {
        this.port = port;
        this.login = login;
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
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
    void a_wrong_password_is_refused_with_a_hint() {
        browser.open("/camunda/app/tasklist/");
        logIn("not the password");

        assertThat(browser.find("[role=alert]").getText()).contains("That did not work");
        assertThat(browser.path()).startsWith("/login");
    }

    @Test
    void the_generated_login_opens_the_task_list_that_was_asked_for() {
        browser.open("/camunda/app/tasklist/");
        assertThat(browser.path()).startsWith("/login");
        logIn(password());

        assertThat(browser.find("[cam-tasks]").isDisplayed()).isTrue();
        assertThat(browser.title()).contains("Tasklist");
        assertThat(browser.path()).startsWith("/camunda/app/tasklist/");
    }

    private void logIn(String password) {
        browser.type("username", login.user());
        browser.type("password", password);
        browser.press("Log in");
    }

    private String password() {
        return login.password().orElseThrow().expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
