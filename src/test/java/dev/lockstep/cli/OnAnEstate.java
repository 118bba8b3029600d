package dev.lockstep.cli;

import dev.lockstep.access.UserAdministration;
import dev.lockstep.lifecycle.AdoptCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One application with one estate, which the tests of this package share. */
@CliTest
abstract class OnAnEstate {

    private static final AtomicBoolean OPENED = new AtomicBoolean();

    static final Estate estate = new Estate(folder());

    @TempDir
    Path home;

    @LocalServerPort
    int port;

    private static Path folder() {
        try {
            return Files.createTempDirectory("cli-estate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void shop(DynamicPropertyRegistry registry) {
        estate.open(
                registry,
                "orders",
                "reports",
                "legacy",
                "approved",
                "leaked",
                "ending",
                "narrow",
                "sandbox",
                "sound",
                "drifting");
        estate.withoutRight("legacy");
    }

    @BeforeEach
    void peopleAndAdoptedPasswords(@Autowired UserAdministration users, @Autowired AdoptCredentials adopt) {
        if (OPENED.compareAndSet(false, true)) {
            Estate.people(users);
            adopt.run();
        }
    }

    Shell as(String user) {
        return Shell.of(home, port, user, Estate.PASSWORD);
    }
}
