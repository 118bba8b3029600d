package dev.lockstep.process;

import dev.lockstep.lifecycle.ListPrincipals;
import dev.lockstep.lifecycle.ReconcileTarget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.springframework.stereotype.Component;

/** Chooses the targets that are to be looked at and are not being looked at already. */
@Component
class LookedAt {

    private final ReconcileTarget credentials;
    private final ListPrincipals principals;
    private final Followers followers;
    private final RuntimeService runtime;

    LookedAt(ReconcileTarget credentials, ListPrincipals principals, Followers followers, RuntimeService runtime) {
        this.credentials = credentials;
        this.principals = principals;
        this.followers = followers;
        this.runtime = runtime;
    }

    /** In the order of their names. */
    List<String> due() {
        Set<String> underWay = underWay();
        return Stream.concat(credentials.due().stream(), principals.due().stream())
                .filter(target -> !underWay.contains(target))
                .distinct()
                .sorted()
                .toList();
    }

    private Set<String> underWay() {
        Set<String> instances = followers.of("reconcile");
        return instances.isEmpty()
                ? Set.of()
                : runtime
                        .createVariableInstanceQuery()
                        .variableName(ModelVariables.TARGET)
                        .processInstanceIdIn(instances.toArray(String[]::new))
                        .list()
                        .stream()
                        .map(VariableInstance::getValue)
                        .map(String::valueOf)
                        .collect(Collectors.toSet());
    }
}
