package dev.lockstep.access;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import org.springframework.context.annotation.Bean;

/** What is referred to is taken for the value itself. Not scanned: only tests that name it have it. */
class PlainReferences {

    @Bean
    SecretReferences references() {
        return SecretValue::of;
    }
}
