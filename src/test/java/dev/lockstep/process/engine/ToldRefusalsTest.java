package dev.lockstep.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.process.engine.rules.Models;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@EngineTest
@ExtendWith(OutputCaptureExtension.class)
class ToldRefusalsTest {

    @Autowired
    ProcessEngine engine;

    @Test
    void a_refused_deployment_is_one_line_in_the_log(CapturedOutput output) {
        assertThatThrownBy(() -> engine.getRepositoryService()
                        .createDeployment()
                        .addString(
                                "bad.bpmn",
                                Models.bpmn(Models.around(
                                        "<bpmn:serviceTask id=\"n\" camunda:class=\"java.lang.Runtime\"/>")))
                        .deploy())
                .isInstanceOf(ParseException.class);

        assertThat(output.getAll().lines().filter(line -> line.contains("'bad.bpmn' is refused")))
                .singleElement()
                .asString()
                .contains("INFO", "Refused: 'bad.bpmn' is refused", "Java classes may not be named");
        assertThat(output.getAll()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void a_failure_that_has_an_answer_is_left_to_whoever_gives_it(CapturedOutput output) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThatThrownBy(() -> configuration.getCommandExecutorTxRequired().execute(context -> {
                    throw new ProcessEngineException(
                            new RetryableException(FailureCode.TARGET_PAUSED, "target orders-db is down"));
                }))
                .hasMessageContaining("orders-db is down");

        assertThat(output.getAll()).doesNotContain("orders-db", "ERROR", "\tat ");
    }

    @Test
    void a_failure_that_nobody_foresaw_is_logged_with_its_stack(CapturedOutput output) {
        assertThatThrownBy(() -> engine.getManagementService().executeJob("no such job"))
                .hasMessageContaining("No job found");
        assertThat(output.getAll()).contains("ERROR", "No job found with id 'no such job'", "\tat ");
    }
}
