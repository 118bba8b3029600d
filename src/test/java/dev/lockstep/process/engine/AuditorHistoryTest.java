package dev.lockstep.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.process.engine.rules.Models;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@EngineTest
@Import(AuditorHistoryTest.Delegates.class)
class AuditorHistoryTest {

    private static final String MODEL =
            Models.bpmn("""
            <bpmn:startEvent id="s"/><bpmn:userTask id="n"/>
            <bpmn:serviceTask id="failing" camunda:asyncBefore="true" camunda:delegateExpression="${failingDelegate}">
            <bpmn:extensionElements><camunda:failedJobRetryTimeCycle>R1/PT1M</camunda:failedJobRetryTimeCycle>
            </bpmn:extensionElements></bpmn:serviceTask><bpmn:endEvent id="e"/>
            """ + Models.flow("s", "n") + Models.flow("n", "failing") + Models.flow("failing", "e"));

    @Autowired
    ProcessEngine engine;

    @TestConfiguration(proxyBeanMethods = false)
    static class Delegates {
        @Bean
        JavaDelegate failingDelegate() {
            return new Failing();
        }
    }

    static final class Failing implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            throw new IllegalStateException("does not work");
        }
    }

    @Test
    void it_keeps_who_did_what_and_the_last_values_but_not_every_value_on_the_way() {
        engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", MODEL)
                .deploy();
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("p", Map.of("count", 1))
                .getId();
        engine.getRuntimeService().setVariable(instance, "count", 2);
        String task = engine.getTaskService().createTaskQuery().singleResult().getId();
        engine.getProcessEngineConfiguration().setAuthorizationEnabled(false);
        try {
            engine.getIdentityService().setAuthentication("ann", List.of());
            engine.getTaskService().complete(task);
        } finally {
            engine.getIdentityService().clearAuthentication();
            engine.getProcessEngineConfiguration().setAuthorizationEnabled(true);
        }
        String job = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        assertThatThrownBy(() -> engine.getManagementService().executeJob(job)).hasMessageContaining("does not work");

        HistoryService history = engine.getHistoryService();
        assertThat(history.createHistoricActivityInstanceQuery().list())
                .extracting(HistoricActivityInstance::getActivityId)
                .contains("s", "n");
        assertThat(history.createHistoricTaskInstanceQuery().finished().count()).isEqualTo(1);
        assertThat(history.createHistoricVariableInstanceQuery().singleResult().getValue())
                .isEqualTo(2);
        assertThat(history.createHistoricJobLogQuery().failureLog().count()).isEqualTo(1);
        assertThat(history.createHistoricJobLogQuery().count())
                .as("made jobs and done ones are not logged")
                .isEqualTo(1);
        assertThat(history.createHistoricIncidentQuery().open().count()).isEqualTo(1);
        assertThat(history.createUserOperationLogQuery()
                        .operationType(UserOperationLogEntry.OPERATION_TYPE_COMPLETE)
                        .list())
                .isNotEmpty()
                .allMatch(entry -> entry.getUserId().equals("ann"));
        assertThat(history.createHistoricDetailQuery().count()).isZero();
        assertThat(history.createHistoricProcessInstanceQuery().singleResult().getRemovalTime())
                .as("known from the start")
                .isNotNull();
    }
}
