package dev.lockstep.notify;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.notify.email.EmailChannelAdapter;
import dev.lockstep.notify.kubernetes.KubernetesChannelAdapter;
import dev.lockstep.notify.webhook.WebhookChannelAdapter;
import dev.lockstep.outbound.OutboundConfiguration;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.Channels;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Notifier;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.VersionChanges;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the notifier, the sender and the channels that there are. */
@Configuration(proxyBeanMethods = false)
@Import(OutboundConfiguration.class)
class NotifyConfiguration {

    private final Semaphore hint = new Semaphore(0);

    @Bean
    ChannelAdapter emailChannelAdapter(SecretReferences references, OutboundRules outbound) {
        return new EmailChannelAdapter(references, outbound);
    }

    @Bean
    ChannelAdapter webhookChannelAdapter(
            SecretReferences references, Clock clock, OutboundRules outbound, OutboundHttp http) {
        return new WebhookChannelAdapter(references, clock, outbound, http);
    }

    @Bean
    ChannelAdapter kubernetesChannelAdapter(SecretReferences references, OutboundRules outbound) {
        return new KubernetesChannelAdapter(references, outbound);
    }

    @Bean
    Notifier notifier(Outbox outbox, Channels channels) {
        return new OutboxNotifier(outbox, channels, hint::release);
    }

    @Bean
    Delivery noticeDelivery(
            Outbox outbox,
            Channels channels,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            MeterRegistry registry,
            Clock clock,
            @Value("${lockstep.public-url:}") String publicUrl) {
        return new Delivery(
                outbox,
                channels,
                audit,
                new TransactionTemplate(transactions),
                new NoticeMetrics(registry),
                clock,
                publicUrl);
    }

    @Bean
    @ConditionalOnProperty(name = "lockstep.notify", havingValue = "true", matchIfMissing = true)
    Sender noticeSender(Outbox outbox, Delivery delivery, Clock clock) {
        return new Sender(outbox, delivery, clock, hint);
    }

    @Bean
    NewsWatch newsWatch(VersionChanges changes, Consumers consumers, Channels channels, Outbox outbox) {
        return new NewsWatch(new ConsumerNews(changes, consumers, channels, outbox, hint::release));
    }

    @Bean
    MeterBinder noticeGauges(Outbox outbox) {
        return registry -> Gauge.builder("lockstep.notices.waiting", outbox::backlog)
                .description("Deliveries of notices that wait")
                .register(registry);
    }
}
