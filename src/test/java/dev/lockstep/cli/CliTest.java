package dev.lockstep.cli;

import dev.lockstep.LockstepApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of the command line against the whole application: web server, engine, workers, ledger and PostgreSQL. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "lockstep.generate-kek=true",
            "lockstep.minimum-interval=PT1S",
            "lockstep.models-dir=target/no-models"
        })
@interface CliTest {}
