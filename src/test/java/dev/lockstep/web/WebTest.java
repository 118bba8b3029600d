package dev.lockstep.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of the web surfaces on a real server, which all such tests share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WebServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:web",
            "lockstep.data-dir=target/web-test-${PID}",
            "lockstep.audit.sealing-interval=200ms",
            "management.endpoint.health.validate-group-membership=false"
        })
@interface WebTest {}
