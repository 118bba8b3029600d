package dev.lockstep.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EngineTest
class EngineSettingsTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Test
    void the_schema_comes_from_the_migration_and_the_engine_only_checks_it() {
        assertThat(configuration().getDatabaseSchemaUpdate()).isEqualTo("false");
        assertThat(jdbc.sql("SELECT \"success\" FROM \"flyway_schema_history\" WHERE \"version\" = '5'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM information_schema.indexes WHERE index_name = 'LOCKSTEP_JOB_DUE'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void what_protects_the_engine_is_on() {
        assertThat(configuration().isAuthorizationEnabled()).isTrue();
        assertThat(configuration().getQueryMaxResultsLimit()).isEqualTo(2000);
        assertThat(configuration().isEnableExpressionsInAdhocQueries()).isFalse();
        assertThat(configuration().isEnableExceptionsAfterUnhandledBpmnError()).isTrue();
        assertThat(configuration().isEnforceHistoryTimeToLive()).isTrue();
        assertThat(configuration().getHistoryLevel().getName()).isEqualTo("auditor");
        assertThat(configuration().isMetricsEnabled()).isFalse();
        assertThat(configuration().isJobExecutorAcquireByPriority()).isTrue();
        assertThat(configuration().getHistoryCleanupBatchWindowStartTime()).isEqualTo("01:00");
        assertThat(configuration().getFailedJobRetryTimeCycle()).isEqualTo("PT10S,PT1M,PT5M");
    }

    @Test
    void no_job_is_looked_for_when_a_step_cannot_be_undone_any_more() {
        assertThat(configuration().getSessionFactories())
                .extractingByKey(EventSubscriptionManager.class)
                .extracting(SessionFactory::openSession)
                .isInstanceOf(LeanSubscriptions.class);
    }

    @Test
    void the_whole_jvm_runs_in_utc() {
        assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
    }
}
