package dev.lockstep.process.engine;

import dev.lockstep.process.engine.decision.Decisions;
import dev.lockstep.process.engine.expression.ModelBeans;
import dev.lockstep.process.engine.expression.ModelExpressions;
import dev.lockstep.process.engine.expression.NoScripting;
import dev.lockstep.process.engine.expression.QueryExpressionGuard;
import dev.lockstep.process.engine.input.CompletedBy;
import dev.lockstep.process.engine.input.DeclaredInputGuard;
import dev.lockstep.process.engine.input.DispatchedStart;
import dev.lockstep.process.engine.input.FourEyes;
import dev.lockstep.process.engine.input.FreshHand;
import dev.lockstep.process.engine.rules.DeploymentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.LongFunction;
import javax.xml.datatype.DatatypeFactory;
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

    /** Names of users and groups as they come from elsewhere; the engine's default knows letters and digits only. */
    private static final String PEOPLE_AND_GROUPS = "[A-Za-z0-9][A-Za-z0-9._@:-]{0,63}";

    private final ModelBeans modelBeans;
    private final LongFunction<String> requesters;
    private final FreshHand freshHand;

    /**
     * @param requesters the user who asked for an operation
     * @param freshHand who has to confirm before a task is completed
     */
    EngineSettings(ModelBeans modelBeans, LongFunction<String> requesters, FreshHand freshHand) {
        this.modelBeans = modelBeans;
        this.requesters = requesters;
        this.freshHand = freshHand;
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration engine) {
        requireUtc();
        knowDurations();
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

    /** The engine asks for an implementation at each timer, and would search all jars for one each time. */
    private static void knowDurations() {
        System.setProperty(
                DatatypeFactory.DATATYPEFACTORY_PROPERTY, DatatypeFactory.DATATYPEFACTORY_IMPLEMENTATION_CLASS);
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
        engine.setFailedJobCommandFactory(new PausedJobs());
        engine.setCommandContextFactory(new ToldRefusals(engine, ToldRefusals::isRefusal));
        engine.setMetricsEnabled(false);
        engine.setTaskMetricsEnabled(false);
        engine.setDbMetricsReporterActivate(false);
        engine.setCustomSessionFactories(List.of(LeanSubscriptions.factory()));
    }

    private void hardening(SpringProcessEngineConfiguration engine) {
        engine.setAuthorizationEnabled(true);
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setGeneralResourceWhitelistPattern(PEOPLE_AND_GROUPS);
        engine.setQueryMaxResultsLimit(MOST_RESULTS);
        engine.setEnableExpressionsInAdhocQueries(false);
        // On for the filters "my tasks" and "my groups' tasks"; the guards below pass these fixed texts only.
        engine.setEnableExpressionsInStoredQueries(true);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setScriptEngineResolver(new NoScripting());
        engine.setDmnEngineConfiguration(Decisions.settings());
        engine.setBeans(Map.of());
        engine.setExpressionManager(new ModelExpressions(modelBeans));
        engine.setCustomPostCommandInterceptorsTxRequired(guards());
        engine.setCustomPostCommandInterceptorsTxRequiresNew(guards());
        engine.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(new DispatchedStart(), new CompletedBy())));
        engine.setCustomPreDeployers(List.of(new DeploymentRules(modelBeans)));
    }

    /** Fresh ones for each chain, because an interceptor knows its successor. */
    private List<CommandInterceptor> guards() {
        return new ArrayList<>(
                List.of(new QueryExpressionGuard(), new DeclaredInputGuard(new FourEyes(requesters), freshHand)));
    }
}
