package dev.lockstep.demo;

import dev.lockstep.LockstepApplication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;

/**
 * Starts Lockstep with something to rotate: a real PostgreSQL, its accounts, and a configuration. Everything is kept in
 * one directory; deleting it makes the demo new.
 */
public final class DemoApplication {

    /** Grants the right that one account of the running demo lacks, and ends. */
    static final String FIX = "fix";

    private static final Logger log = LoggerFactory.getLogger(DemoApplication.class);
    private static final int PORT = 54320;

    private DemoApplication() {}

    /** Starts the demo, or with the argument {@code fix} repairs what fails on purpose in the one that runs. */
    public static void main(String[] args) {
        DemoFiles files = new DemoFiles(Path.of(setting("LOCKSTEP_DEMO_DIR", "data/demo")));
        int port = Integer.parseInt(setting("LOCKSTEP_DEMO_PG_PORT", Integer.toString(PORT)));
        if (Arrays.asList(args).contains(FIX)) {
            DemoServer.running(files, port).execute("postgres", DemoAccounts.missingGrant());
            log.info("Granted: {}. Now choose Retry in the task.", DemoAccounts.missingGrant());
            return;
        }
        DemoServer server = DemoServer.start(files, port);
        DemoAccounts.plant(server, files);
        DemoConfiguration.write(files, server.port());
        SpringApplication application = new SpringApplication(LockstepApplication.class);
        application.addListeners((ApplicationReadyEvent ready) -> DemoReport.start(ready.getApplicationContext()));
        application.run(Stream.concat(settings(files), Arrays.stream(args)).toArray(String[]::new));
    }

    /** Later arguments win, so a user can still say otherwise. */
    private static Stream<String> settings(DemoFiles files) {
        return Stream.of(
                "--lockstep.data-dir=" + files.path("lockstep"),
                "--lockstep.config-dir=" + files.path("config"),
                "--lockstep.config.reload=apply",
                "--lockstep.generate-kek=true",
                "--lockstep.minimum-interval=PT10S",
                "--lockstep.outbound.allow=loopback",
                "--lockstep.access.print-initial-login=true");
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
