package dev.lockstep.observe;

import dev.lockstep.port.Breakers;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Readings;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StepTracer;
import dev.lockstep.port.Targets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Wires redaction, metrics, traces and health. */
@Configuration(proxyBeanMethods = false)
class ObserveConfiguration {

    @Bean
    static ObservedPorts observedPorts(ObjectProvider<AdapterCare> adapters, ObjectProvider<LedgerCare> ledger) {
        return new ObservedPorts(adapters::getObject, ledger::getObject);
    }

    /** Spans are made only when somebody exports them. */
    @Bean
    Spans spans(
            ObjectProvider<SpanExporter> exporters,
            ObjectProvider<SpanProcessor> processors,
            ObjectProvider<Resource> resource) {
        return exporters.stream().findAny().isEmpty()
                ? Spans.off()
                : Spans.to(processors.orderedStream().toList(), resource.getIfAvailable(Resource::getDefault));
    }

    /** Reads of secrets are timed where they are answered; watching each request twice would cost a fifth of it. */
    @Bean
    static ObservationPredicate readsAreTimedWhereTheyAreAnswered() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier().getRequestURI().startsWith("/v1/"));
    }

    @Bean
    StepTracer stepTracer(Spans spans) {
        return new SpanPerStep(spans);
    }

    @Bean
    TargetWatch targetWatch(Clock clock) {
        return new TargetWatch(clock);
    }

    @Bean
    AdapterCare adapterCare(MeterRegistry registry, Spans spans, TargetWatch watch, Gates gates, DrillFaults faults) {
        return new AdapterCare(registry, spans, watch, gates, faults);
    }

    @Bean
    DrillFaults drillFaults(
            ObjectProvider<Catalog> catalog,
            ObjectProvider<Drills> drills,
            @Value("${lockstep.drill.dies-for:0}") long diesFor) {
        return new DrillFaults(catalog::getObject, drills::getObject, diesFor);
    }

    /** The catalog is asked late: it opens targets itself while it is made. */
    @Bean
    Gates targetGates(ObjectProvider<Catalog> catalog, Clock clock, MeterRegistry registry) {
        return new Gates(target -> catalog.getObject().limits(target), clock, registry);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService targetProbes() {
        return Executors.newCachedThreadPool(task -> {
            Thread probe = new Thread(task, "target-probe");
            probe.setDaemon(true);
            return probe;
        });
    }

    @Bean
    BreakerKeeper breakerKeeper(
            Gates gates,
            Breakers breakers,
            Targets targets,
            Catalog catalog,
            Clock clock,
            @Qualifier("targetProbes") ExecutorService probes) {
        return new BreakerKeeper(gates, breakers, targets, catalog::limits, clock, probes);
    }

    @Bean
    @ConditionalOnProperty(name = "lockstep.breakers", havingValue = "true", matchIfMissing = true)
    BreakerWatch breakerWatch(BreakerKeeper keeper, @Qualifier("targetProbes") ExecutorService probes) {
        return new BreakerWatch(keeper, probes);
    }

    @Bean
    LedgerCare ledgerCare(Catalog catalog, Clock clock, MeterRegistry registry, Spans spans) {
        return new LedgerCare(catalog, clock, new OperationMetrics(registry), spans);
    }

    @Bean
    LedgerSnapshot ledgerSnapshot(
            Operations operations, Dispatch dispatch, Inventory inventory, Readings readings, Clock clock) {
        return new LedgerSnapshot(operations, dispatch, inventory, readings, clock);
    }

    @Bean
    LedgerGauges ledgerGauges(LedgerSnapshot ledger) {
        return new LedgerGauges(ledger);
    }

    @Bean
    IncidentGauges incidentGauges(ObjectProvider<Incidents> incidents, Clock clock) {
        return new IncidentGauges(incidents, clock);
    }

    @Bean
    ConfigurationGauges configurationGauges(ObjectProvider<Configurations> configurations) {
        return new ConfigurationGauges(configurations);
    }

    @Bean
    ConfigurationHealth configurationHealthIndicator(ObjectProvider<Configurations> configurations) {
        return new ConfigurationHealth(configurations);
    }

    @Bean
    StoresHealth storesHealthIndicator(Catalog catalog, SecretStores stores, Clock clock) {
        return new StoresHealth(catalog, stores, clock);
    }

    @Bean
    TargetsHealth targetsHealthIndicator(TargetWatch watch, Gates gates) {
        return new TargetsHealth(watch, gates);
    }

    @Bean
    DispatchHealth dispatchHealthIndicator(LedgerSnapshot ledger) {
        return new DispatchHealth(ledger);
    }
}
