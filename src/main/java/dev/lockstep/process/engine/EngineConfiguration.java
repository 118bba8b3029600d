package dev.lockstep.process.engine;

import dev.lockstep.port.ModelLint;
import dev.lockstep.port.Operations;
import dev.lockstep.port.StepUp;
import dev.lockstep.process.engine.expression.ModelBeans;
import dev.lockstep.process.engine.expression.SpringModelBeans;
import dev.lockstep.process.engine.input.FreshHand;
import dev.lockstep.process.engine.rules.RuleLint;
import java.nio.file.Path;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the engine's schema, settings and shipped models. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    static EngineSchema engineSchema() {
        return new EngineSchema();
    }

    @Bean
    static ModelBeans modelBeans(BeanFactory beans) {
        return new SpringModelBeans(beans);
    }

    @Bean
    static ModelLint modelLint(ModelBeans modelBeans) {
        return new RuleLint(modelBeans);
    }

    @Bean
    static EngineSettings engineSettings(
            ModelBeans modelBeans, ObjectProvider<Operations> operations, ObjectProvider<StepUp> stepUp) {
        FreshHand freshHand = new FreshHand(
                operation -> operations.getObject().get(operation).credential().environment(),
                environment ->
                        Optional.ofNullable(stepUp.getIfAvailable()).flatMap(known -> known.objection(environment)));
        return new EngineSettings(
                modelBeans, operation -> operations.getObject().get(operation).requestedBy(), freshHand);
    }

    @Bean
    @ConditionalOnProperty(name = "lockstep.deploy-models", havingValue = "true", matchIfMissing = true)
    ShippedModels shippedModels(RepositoryService repository, @Value("${lockstep.models-dir:.}") Path override) {
        return new ShippedModels(repository, override);
    }
}
