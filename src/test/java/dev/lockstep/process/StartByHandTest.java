package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The shipped models, begun by a person who may do everything. */
@ProcessTest
class StartByHandTest {

    @Autowired
    ProcessEngine engine;

    @AfterEach
    void nobodyIsLoggedIn() {
        engine.getIdentityService().clearAuthentication();
    }

    @Test
    void tasklistOffersOnlyWhatNeedsNothingThatNobodyCanFillIn() {
        assertThat(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .latestVersion()
                        .startableInTasklist()
                        .list())
                .extracting(ProcessDefinition::getKey)
                .containsExactlyInAnyOrder("access-review", "issuance-request", "reconcile", "schedule", "watch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "break-glass-review",
                "containment",
                "decommission",
                "drift",
                "drill",
                "emergency-revocation",
                "issuance",
                "rotation",
                "target-outage"
            })
    void whatOnlyLockstepStartsIsRefusedWithASentence(String process) {
        engine.getIdentityService().setAuthentication("eve", List.of("camunda-admin"));
        assertThatThrownBy(() -> engine.getRuntimeService().startProcessInstanceByKey(process))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("this process is started by Lockstep");
        engine.getIdentityService().clearAuthentication();
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(process)
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-review", "reconcile", "schedule", "watch"})
    void whatATimerStartsIsBegunByHandWithoutHarm(String process) {
        engine.getIdentityService().setAuthentication("eve", List.of("camunda-admin"));
        String instance =
                engine.getRuntimeService().startProcessInstanceByKey(process).getId();
        engine.getIdentityService().clearAuthentication();
        List<Job> jobs = jobs(instance);
        while (!jobs.isEmpty()) {
            jobs.forEach(job -> engine.getManagementService().executeJob(job.getId()));
            jobs = jobs(instance);
        }
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
    }

    private List<Job> jobs(String instance) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .list();
    }
}
