package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.TestDatabase;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LedgerConfigurationTest {

    @Test
    void every_port_of_the_ledger_is_a_bean_on_the_applications_database() {
        try (TestDatabase database = TestDatabase.open(TestDatabase.Kind.H2)) {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            DataSourceTransactionManagerAutoConfiguration.class,
                            JdbcTemplateAutoConfiguration.class,
                            JdbcClientAutoConfiguration.class))
                    .withUserConfiguration(LedgerConfiguration.class)
                    .withBean(DataSource.class, database::dataSource)
                    .withBean(Clock.class, Clock::systemUTC)
                    .withBean(AuditTrail.class, () -> event -> {})
                    .run(context -> {
                        assertThat(context).hasSingleBean(Inventory.class);
                        assertThat(context).hasSingleBean(Versions.class);
                        assertThat(context).hasSingleBean(Operations.class);
                        assertThat(context).hasSingleBean(Dispatch.class);
                        assertThat(context).hasSingleBean(Attempts.class);
                        assertThat(context).hasSingleBean(Consumers.class);
                        assertThat(context.getBean(Inventory.class).list()).isEmpty();
                    });
        }
    }
}
