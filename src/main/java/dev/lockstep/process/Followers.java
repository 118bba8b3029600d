package dev.lockstep.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Process instances that follow something up as long as it stands in the ledger. */
@Component
class Followers {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);

    private final RuntimeService runtime;

    Followers(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /** Ids of the instances of a process that are under way. */
    Set<String> of(String process) {
        return list(process).stream().map(ProcessInstance::getId).collect(Collectors.toSet());
    }

    private List<ProcessInstance> list(String process) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(process)
                .active()
                .list();
    }

    /** Starts one in the caller's transaction and returns its id. */
    String start(String process, String about, Map<String, Object> variables) {
        return runtime.startProcessInstanceByKey(process, about, variables).getId();
    }

    /** Tells every instance that is not wanted any more; one that does not wait at its task finds out by itself. */
    void letGo(String process, Set<String> wanted, String message) {
        list(process).stream()
                .filter(instance -> !wanted.contains(instance.getId()))
                .forEach(instance -> tell(instance, message));
    }

    private void tell(ProcessInstance instance, String message) {
        try {
            runtime.createMessageCorrelation(message)
                    .processInstanceId(instance.getId())
                    .correlate();
        } catch (MismatchingMessageCorrelationException notWaiting) {
            log.debug("{} of {} does not wait now", message, instance.getBusinessKey());
        }
    }
}
