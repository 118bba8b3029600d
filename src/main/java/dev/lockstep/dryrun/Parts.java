package dev.lockstep.dryrun;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The parts of the house that a dry run brings up anew: the real steps, ledger, engine and rules, on a database in
 * memory. Not a component, so that only a dry run names it.
 */
@ComponentScan(
        basePackages = {"dev.lockstep.ledger", "dev.lockstep.lifecycle", "dev.lockstep.process", "dev.lockstep.generate"
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.lockstep\\.process\\.web\\..*"),
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class)
        })
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
})
final class Parts {

    /** The engine's own, by name: only one package knows its classes. */
    static final String ENGINE = "org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration";

    private Parts() {}
}
