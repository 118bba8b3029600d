package dev.lockstep.policy;

import dev.lockstep.port.Catalog;
import dev.lockstep.port.Forecasts;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ForecastConfiguration {

    @Bean
    Forecasts forecasts(Catalog catalog, ObjectProvider<Inventory> inventory, Clock clock) {
        return new LedgerForecasts(catalog, inventory::getObject, clock);
    }
}
