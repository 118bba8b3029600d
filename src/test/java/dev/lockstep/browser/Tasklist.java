package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.WebElement;

/** What an operator does in Tasklist. */
final class Tasklist implements AutoCloseable {

    private static final String PAGE = "/camunda/app/tasklist/default/#/";
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final Browser browser;

    Tasklist(int port) {
        this.browser = new Browser(port);
    }

    void logIn(String user, String password) {
        browser.open(PAGE);
        browser.type("username", user);
        browser.type("password", password);
        browser.press("Log in");
        browser.find("[cam-tasks]");
    }

    /** Opens the task of this id and claims it. */
    void open(String task) {
        browser.open(PAGE + "?task=" + task);
        browser.press("Claim");
        browser.awaitButton("Complete");
    }

    /** Opens the form that starts a process. */
    void start(String process) {
        browser.open(PAGE);
        browser.follow("Start process");
        browser.follow(process);
    }

    /** What a field of facts says. */
    String shown(String field) {
        WebElement element = browser.find("textarea[id$='-" + field + "'], input[id$='-" + field + "']");
        return String.valueOf(element.getDomProperty("value"));
    }

    /** Takes the choice of this place, beginning with 0. */
    void choose(String field, int place) {
        browser.click("input[type=radio][id$='-" + field + "-" + place + "']");
    }

    void type(String field, String text) {
        browser.fill("textarea[id$='-" + field + "'], input[id$='-" + field + "']", text);
    }

    void complete() {
        browser.press("Complete");
    }

    void submit() {
        browser.press("Start");
    }

    void picture(String name) {
        browser.picture(".fjs-container", "task-" + name);
    }

    @Override
    public void close() {
        browser.close();
    }

    /** Waits for what goes on behind the page. */
    static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
