package dev.lockstep.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.engine.rules.Models;
import dev.lockstep.testing.PostgresServer;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@EngineTest
class EngineOnPostgresTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        PostgresServer server = PostgresServer.shared();
        String database = server.createDatabase("engine");
        properties.add("spring.datasource.url", () -> server.url(database));
        properties.add("spring.datasource.username", server::superuser);
        properties.add("spring.datasource.password", server::superuserPassword);
    }

    @Test
    void the_engine_runs_a_process_on_the_schema_of_the_migration() {
        engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", Models.bpmn(Models.around("<bpmn:userTask id=\"n\"/>")))
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("p");
        engine.getTaskService()
                .complete(
                        engine.getTaskService().createTaskQuery().singleResult().getId());
        assertThat(engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .completed()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void the_acquisition_of_jobs_has_an_index_of_the_runnable_ones() {
        String index = jdbc.sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'lockstep_job_due'")
                .query(String.class)
                .single();
        assertThat(index)
                .contains("priority_ DESC, duedate_")
                .contains("retries_ > 0")
                .contains("suspension_state_ = 1");
    }
}
