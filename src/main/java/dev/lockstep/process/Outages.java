package dev.lockstep.process;

import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Catalog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps one instance of the outage process for each target that has been down for long enough, and for no other. */
@Component
class Outages {

    static final String PROCESS = "target-outage";
    static final String RECOVERED = "TargetRecovered";
    private static final Logger log = LoggerFactory.getLogger(Outages.class);

    private final Breakers breakers;
    private final Catalog catalog;
    private final RuntimeService runtime;
    private final Clock clock;

    Outages(Breakers breakers, Catalog catalog, RuntimeService runtime, Clock clock) {
        this.breakers = breakers;
        this.catalog = catalog;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** Does what has not been done yet, in the caller's transaction. */
    void watch() {
        List<ProcessInstance> instances = runtime.createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .active()
                .list();
        Set<String> running = instances.stream().map(ProcessInstance::getId).collect(Collectors.toSet());
        List<PausedTarget> paused = breakers.paused();
        Set<String> wanted = paused.stream()
                .map(PausedTarget::outage)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        instances.stream()
                .filter(instance -> !wanted.contains(instance.getId()))
                .forEach(this::recovered);
        Instant now = clock.instant();
        paused.stream()
                .filter(target -> target.outage() == null || !running.contains(target.outage()))
                .filter(target -> !now.isBefore(
                        target.since().plus(catalog.limits(target.target()).tellAfter())))
                .forEach(this::ask);
    }

    private void ask(PausedTarget paused) {
        ProcessInstance instance = runtime.startProcessInstanceByKey(
                PROCESS, paused.target(), Map.of(ModelVariables.TARGET, paused.target()));
        if (!breakers.asked(paused, instance.getId())) {
            throw new IllegalStateException("somebody else asks about " + paused.target());
        }
    }

    /** An instance that does not wait at its task ends by itself, because it looks at the target before it does. */
    private void recovered(ProcessInstance instance) {
        try {
            runtime.createMessageCorrelation(RECOVERED)
                    .processInstanceId(instance.getId())
                    .correlate();
        } catch (MismatchingMessageCorrelationException notWaiting) {
            log.debug("the outage of {} does not wait now", instance.getBusinessKey());
        }
    }
}
