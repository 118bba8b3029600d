package dev.lockstep.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test with the shipped models, the real steps, ledger, store and engine on an embedded database; the target is on
 * paper, and neither jobs nor dispatcher run unless the test runs them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ProcessTestConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000",
            "spring.datasource.password=",
            "camunda.bpm.job-execution.enabled=false",
            "lockstep.dispatch=false",
            "lockstep.models-dir=target/no-models",
            "lockstep.kek=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        })
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration.class
})
@ExtendWith(ProcessTest.Assertions.class)
@interface ProcessTest {

    /** Lets the assertions look at the engine of this test: others of this JVM have the same name. */
    final class Assertions implements BeforeEachCallback, AfterAllCallback {

        @Override
        public void beforeEach(ExtensionContext test) {
            BpmnAwareTests.init(SpringExtension.getApplicationContext(test).getBean(ProcessEngine.class));
        }

        @Override
        public void afterAll(ExtensionContext tests) {
            BpmnAwareTests.reset();
        }
    }
}
