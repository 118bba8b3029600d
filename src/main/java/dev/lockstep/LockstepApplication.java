package dev.lockstep;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts Lockstep: the engine, the ledger, the adapters and the web surfaces in one process. */
@SpringBootApplication
public class LockstepApplication {

    /** Starts the server; arguments are Spring Boot properties such as {@code --server.port=9090}. */
    public static void main(String[] args) {
        SpringApplication.run(LockstepApplication.class, args);
    }

    /** The one clock of the house, in UTC; tests replace it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
