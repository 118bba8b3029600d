package dev.lockstep.delivery;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Identities;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Operations;
import dev.lockstep.port.ReadWatch;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.SchemaReadings;
import dev.lockstep.port.SecretIds;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretSchemas;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.VersionChanges;
import dev.lockstep.port.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/** Wires what answers below {@code /v1}. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Secrets deliverySecrets() {
        return new Secrets();
    }

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry registry) {
        return new DeliveryMetrics(registry);
    }

    @Bean
    Tokens deliveryTokens(ReaderTokens readerTokens, Secrets deliverySecrets, Clock clock) {
        return new Tokens(readerTokens, deliverySecrets, clock);
    }

    @Bean
    Logins deliveryLogins(
            Identities identities,
            SecretIds secretIds,
            OutboundHttp http,
            SecretReferences references,
            OutboundRules outbound,
            Tokens deliveryTokens,
            AuditTrail audit,
            TransactionTemplate transaction,
            DeliveryMetrics deliveryMetrics,
            Clock clock) {
        return new Logins(
                identities,
                secretIds,
                new JwtProof(new KeySets(http, clock), clock),
                new ReviewProof(references, outbound),
                deliveryTokens,
                new Limits("failed logins", clock),
                audit,
                transaction,
                deliveryMetrics);
    }

    @Bean
    MachineLogins machineLogins(
            Identities identities,
            SecretIds secretIds,
            ReaderTokens readerTokens,
            Secrets deliverySecrets,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        return new LoginDesk(identities, secretIds, readerTokens, deliverySecrets, audit, transaction, clock);
    }

    @Bean
    Gathered<Arrivals.Arrival, Arrivals.Found> arrivals(
            ReaderTokens readerTokens, Identities identities, Readings readings) {
        return new Gathered<>("arrivals", new Arrivals(readerTokens, identities, readings)::find);
    }

    @Bean
    Gathered<Readings.Question, Readings.Standing> standings(Readings readings) {
        return new Gathered<>("standings", readings::look);
    }

    @Bean
    Gathered<Readings.Reading, Readings.Standing> firstReadings(Readings readings) {
        return new Gathered<>("readings", readings::record);
    }

    @Bean
    Recorder recorder(Readings readings, Gathered<Readings.Reading, Readings.Standing> firstReadings) {
        return new Recorder(readings, firstReadings);
    }

    @Bean
    ServedValues servedValues(SecretStores stores) {
        return new ServedValues(stores);
    }

    @Bean
    ReadWaits readWaits(DeliveryMetrics deliveryMetrics) {
        ReadWaits waits = new ReadWaits(System::nanoTime);
        deliveryMetrics.late(waits);
        return waits;
    }

    @Bean
    ReadRights rights(Catalog catalog) {
        return new ReadRights(catalog);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService deliveryMoves() {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, "delivery-moves"));
    }

    @Bean
    Moves deliveryMoved(ConsumerReports reports, ExecutorService deliveryMoves) {
        return new Moves(reports, deliveryMoves);
    }

    @Bean
    Acknowledgements acknowledgements(
            ReadRights rights,
            Gathered<Readings.Question, Readings.Standing> standings,
            Recorder recorder,
            Versions versions,
            Moves moves,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        return new Acknowledgements(
                rights,
                standings,
                recorder,
                versions,
                moves,
                audit,
                transaction,
                new Limits("refused acknowledgements", clock));
    }

    @Bean
    Deliveries deliveries(
            ReadRights rights,
            Gathered<Readings.Question, Readings.Standing> standings,
            Versions versions,
            ServedValues servedValues,
            Recorder recorder,
            Lifecycles lifecycles,
            Moves moves,
            ReadWatch watch,
            ReadWaits readWaits,
            Clock clock) {
        return new Deliveries(
                rights, standings, versions, servedValues, recorder, lifecycles, moves, watch, readWaits, clock);
    }

    @Bean
    Shapes shapes(SecretSchemas secretSchemas, Catalog catalog) {
        return new Shapes(secretSchemas, catalog);
    }

    @Bean
    ShapesSeen shapesSeen(SchemaReadings schemaReadings, Clock clock) {
        return new ShapesSeen(schemaReadings, clock);
    }

    @Bean
    Housekeeping deliveryHousekeeping(
            ServedValues servedValues,
            ReadRights rights,
            Recorder recorder,
            ShapesSeen shapesSeen,
            ReaderTokens readerTokens,
            SecretIds secretIds,
            VersionChanges changes,
            Clock clock) {
        return new Housekeeping(servedValues, rights, recorder, shapesSeen, readerTokens, secretIds, changes, clock);
    }

    @Bean
    Callers callers(Gathered<Arrivals.Arrival, Arrivals.Found> arrivals, Identities identities) {
        return new Callers(arrivals, identities);
    }

    @Bean
    EventStreams eventStreams(
            VersionChanges changes,
            ReaderTokens readerTokens,
            Callers callers,
            ReadRights rights,
            DeliveryMetrics deliveryMetrics,
            Clock clock) {
        return new EventStreams(changes, readerTokens, callers, rights, deliveryMetrics, clock);
    }

    @Bean
    Routes deliveryRoutes(
            Callers callers,
            Logins deliveryLogins,
            Tokens deliveryTokens,
            Deliveries deliveries,
            ReadRights rights,
            Versions versions,
            Operations operations,
            ReaderTokens readerTokens,
            EventStreams eventStreams,
            Shapes shapes,
            ShapesSeen shapesSeen,
            Acknowledgements acknowledgements,
            Clock clock) {
        return new Routes(
                callers,
                deliveryLogins,
                new TokenRoutes(deliveryTokens),
                new KvRoutes(deliveries, rights, versions, shapes, shapesSeen),
                new StaticRoutes(deliveries, operations, clock),
                new SystemRoutes(() -> answers(readerTokens), clock),
                eventStreams,
                acknowledgements);
    }

    /** The container is started before most of the house is there. */
    @Bean
    static ServletRegistrationBean<DeliveryServlet> deliveryServlet(
            ObjectProvider<Routes> routes, ObjectProvider<DeliveryMetrics> metrics) {
        return new ServletRegistrationBean<>(
                new DeliveryServlet(SingletonSupplier.of(routes::getObject), SingletonSupplier.of(metrics::getObject)),
                "/v1/*");
    }

    private static boolean answers(ReaderTokens tokens) {
        try {
            tokens.find(List.of("-"));
            return true;
        } catch (RuntimeException down) {
            return false;
        }
    }
}
