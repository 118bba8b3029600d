package dev.lockstep.generate;

import dev.lockstep.port.SecretGenerator;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GeneratorConfiguration {

    @Bean
    SecretGenerator secretGenerator() {
        return new RandomSecretGenerator(new SecureRandom());
    }
}
