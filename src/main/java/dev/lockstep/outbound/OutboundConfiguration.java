package dev.lockstep.outbound;

import dev.lockstep.domain.OutboundRules;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code lockstep.outbound} says, for all that connects to configured addresses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
public class OutboundConfiguration {

    @Bean
    OutboundRules outboundRules(OutboundProperties properties) {
        return properties.rules();
    }

    @Bean
    OutboundHttp outboundHttp(OutboundRules rules) {
        return new OutboundHttp(rules);
    }
}
