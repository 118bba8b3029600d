package dev.lockstep.demo;

import dev.lockstep.access.InitialLogin;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Says in a few lines where to look, how to log in, what is rotated, and what has just failed. */
final class DemoReport implements Runnable {

    private static final Logger log = LoggerFactory.getLogger("Lockstep demo");
    private static final long EVERY_SECONDS = 2;

    private final ConfigurableApplicationContext context;
    private final Set<String> told = new HashSet<>();

    private DemoReport(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static void start(ConfigurableApplicationContext context) {
        DemoReport report = new DemoReport(context);
        report.welcome();
        Thread watcher = new Thread(report, "demo-report");
        watcher.setDaemon(true);
        watcher.start();
    }

    private String address() {
        Environment environment = context.getEnvironment();
        return "http://localhost:" + environment.getProperty("local.server.port", "8080");
    }

    private void welcome() {
        InitialLogin login = context.getBean(InitialLogin.class);
        String password = login.password()
                .map(secret -> secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .map(text -> "password " + text)
                .orElse("password in " + login.file());
        log.info("Lockstep is up: {}   (tasks: {}/camunda/app/tasklist/)", address(), address());
        log.info("Log in as {}, {}", login.user(), password);
        log.info(
                "{} accounts of a real PostgreSQL are rotated every 30 seconds to 3 minutes; one will fail on purpose",
                context.getBean(Catalog.class).credentials().size());
    }

    @Override
    public void run() {
        while (context.isActive()) {
            try {
                context.getBean(Escalations.class).open(20).forEach(this::tell);
                TimeUnit.SECONDS.sleep(EVERY_SECONDS);
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException stopping) {
                log.debug("no report now: {}", stopping.getClass().getSimpleName());
                return;
            }
        }
    }

    private void tell(Escalations.Task task) {
        if (!told.add(task.id())) {
            return;
        }
        Optional<String> why = Optional.ofNullable(task.operation())
                .flatMap(id -> context.getBean(Operations.class).find(id))
                .map(Operation::failureMessage);
        log.warn("{} failed: {}", task.credential(), why.orElse("see the task"));
        log.warn(
                "It was rolled back and waits as \"{}\": {}/camunda/app/tasklist/default/#/?task={}",
                task.name(),
                address(),
                task.id());
        log.warn(
                "Fix the cause in a second terminal with: mvn -q spring-boot:run -Dspring-boot.run.arguments={}",
                DemoApplication.FIX);
        log.warn("Then choose \"Retry\" in the task, and it finishes");
    }
}
