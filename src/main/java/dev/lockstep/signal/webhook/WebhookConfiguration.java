package dev.lockstep.signal.webhook;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.OutboundConfiguration;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.SecretReferences;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the types of sources. */
@Configuration(proxyBeanMethods = false)
@Import(OutboundConfiguration.class)
class WebhookConfiguration {

    @Bean
    WebhookTypes webhookTypes(SecretReferences references, OutboundRules outbound, OutboundHttp http, Clock clock) {
        return new WebhookTypes(references, outbound, http, clock);
    }

    @Bean
    ReportAdapter partnerReports(WebhookTypes webhookTypes) {
        return webhookTypes.partner();
    }

    @Bean
    ReportAdapter alertsReports(WebhookTypes webhookTypes) {
        return webhookTypes.alerts();
    }

    @Bean
    ReportAdapter gitGuardianReports(WebhookTypes webhookTypes) {
        return webhookTypes.gitGuardian();
    }

    @Bean
    ReportAdapter guardDutyReports(WebhookTypes webhookTypes) {
        return webhookTypes.guardDuty();
    }

    @Bean
    ReportAdapter standardReports(WebhookTypes webhookTypes) {
        return webhookTypes.standard();
    }
}
