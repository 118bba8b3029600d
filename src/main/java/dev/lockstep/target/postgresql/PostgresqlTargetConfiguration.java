package dev.lockstep.target.postgresql;

import dev.lockstep.port.SecretReferences;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PostgresqlTargetConfiguration {

    @Bean
    PostgresqlTargetAdapter postgresqlTargetAdapter(SecretReferences references) {
        return new PostgresqlTargetAdapter(references);
    }
}
