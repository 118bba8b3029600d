package dev.lockstep.process.engine;

import dev.lockstep.process.engine.expression.ModelBeans;
import dev.lockstep.process.engine.expression.ModelExpressions;
import dev.lockstep.process.engine.expression.NoScripting;
import dev.lockstep.process.engine.expression.QueryExpressionGuard;
import dev.lockstep.process.engine.rules.DeploymentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.Ordering;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.annotation.Order;

/**
 * The settings of the engine that nobody may relax by configuration. What may be tuned is in
 * {@code engine-defaults.properties}.
 */
@Order(Ordering.DEFAULT_ORDER + 100)
@DependsOnDatabaseInitialization
final class EngineSettings extends SpringBootProcessEnginePlugin {

    private static final int MOST_RESULTS = 2000;

    private final ModelBeans modelBeans;

    EngineSettings(ModelBeans modelBeans) {
        this.modelBeans = modelBeans;
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration engine) {
        requireUtc();
        schemaAndHistory(engine);
        behaviour(engine);
        hardening(engine);
    }

    /** Timers and the engine's time stamps follow the JVM's zone, and nodes that differ would disagree. */
    private static void requireUtc() {
        if (TimeZone.getDefault().getRawOffset() != 0 || TimeZone.getDefault().useDaylightTime()) {
            throw new IllegalStateException("the engine runs in UTC, but the JVM's time zone is "
                    + TimeZone.getDefault().getID() + "; start it with -Duser.timezone=UTC");
        }
    }

    private static void schemaAndHistory(SpringProcessEngineConfiguration engine) {
        engine.setDatabaseSchemaUpdate("false");
        engine.setCustomHistoryLevels(List.of(new AuditorHistory()));
        engine.setHistory(AuditorHistory.NAME);
        engine.setHistoryRemovalTimeStrategy("start");
        engine.setEnforceHistoryTimeToLive(true);
    }

    private static void behaviour(SpringProcessEngineConfiguration engine) {
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
        engine.setHintJobExecutor(true);
        engine.setJobExecutorAcquireByPriority(true);
        engine.setCreateIncidentOnFailedJobEnabled(true);
        engine.setMetricsEnabled(false);
        engine.setTaskMetricsEnabled(false);
        engine.setDbMetricsReporterActivate(false);
    }

    private void hardening(SpringProcessEngineConfiguration engine) {
        engine.setAuthorizationEnabled(true);
        engine.setQueryMaxResultsLimit(MOST_RESULTS);
        engine.setEnableExpressionsInAdhocQueries(false);
        // On for the filters "my tasks" and "my groups' tasks"; the guards below pass these fixed texts only.
        engine.setEnableExpressionsInStoredQueries(true);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setScriptEngineResolver(new NoScripting());
        engine.setBeans(Map.of());
        engine.setExpressionManager(new ModelExpressions(modelBeans));
        List<CommandInterceptor> required = new ArrayList<>(List.of(new QueryExpressionGuard()));
        List<CommandInterceptor> requiresNew = new ArrayList<>(List.of(new QueryExpressionGuard()));
        engine.setCustomPostCommandInterceptorsTxRequired(required);
        engine.setCustomPostCommandInterceptorsTxRequiresNew(requiresNew);
        engine.setCustomPreDeployers(List.of(new DeploymentRules(modelBeans)));
    }
}
