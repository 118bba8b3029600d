package dev.lockstep.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** An installed Chromium without a window, and a person's moves in it. Looks for each element for a while. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final String address;
    private final ChromeDriver driver;

    Browser(int port) {
        this.address = "http://localhost:" + port;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium", "chromium-browser", "google-chrome"));
        // The sandbox does not start for root or in a container; the only site it opens is ours.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1280,2000");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver"))
                .build();
        this.driver = new ChromeDriver(service, options);
        driver.manage().timeouts().implicitlyWait(PATIENCE);
    }

    void open(String path) {
        driver.get(address + path);
    }

    void type(String field, String text) {
        WebElement element = driver.findElement(By.id(field));
        element.clear();
        element.sendKeys(text);
    }

    void press(String button) {
        awaitButton(button).click();
    }

    /** The button with this text, once it can be pressed. */
    WebElement awaitButton(String button) {
        return driver.findElement(By.xpath("//button[normalize-space()='" + button + "' and not(@disabled)]"));
    }

    /** Clicks on the link with this text. */
    void follow(String link) {
        driver.findElement(By.xpath("//a[contains(normalize-space(), '" + link + "')]"))
                .click();
    }

    /** Types into the element that matches a CSS selector, which is emptied first. */
    void fill(String selector, String text) {
        WebElement element = find(selector);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.clear();
        element.sendKeys(text);
    }

    /** Clicks in the middle of the window, where no bar lies over the element. */
    void click(String selector) {
        WebElement element = find(selector);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** The element that matches a CSS selector, once it is there. */
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String path() {
        return driver.getCurrentUrl().substring(address.length());
    }

    String title() {
        return driver.getTitle();
    }

    /** Keeps what is seen now, for a person who wonders why a test failed. */
    void screenshot(String name) {
        keep(name, driver);
    }

    /** Keeps what one element looks like. */
    void picture(String selector, String name) {
        keep(name, find(selector));
    }

    private static void keep(String name, TakesScreenshot seen) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), seen.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static File installed(String... names) {
        List<String> path = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
        return Arrays.stream(names)
                .flatMap(name -> path.stream().map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError(List.of(names) + " is not installed"));
    }
}
