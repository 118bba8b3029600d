package dev.lockstep.target.postgresql;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.OutboundConfiguration;
import dev.lockstep.port.SecretReferences;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(OutboundConfiguration.class)
class PostgresqlTargetConfiguration {

    @Bean
    PostgresqlTargetAdapter postgresqlTargetAdapter(SecretReferences references, OutboundRules outbound) {
        return new PostgresqlTargetAdapter(references, outbound);
    }
}
