package dev.lockstep.process.engine.people;

import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.springframework.beans.factory.InitializingBean;

/** Creates groups, rights and filters at start, one node after the other. */
final class PeopleSetup implements InitializingBean {

    private final CommandExecutor engine;
    private final EngineGroups groups;
    private final TaskFilters filters;

    PeopleSetup(CommandExecutor engine, EngineGroups groups, TaskFilters filters) {
        this.engine = engine;
        this.groups = groups;
        this.filters = filters;
    }

    @Override
    public void afterPropertiesSet() {
        engine.execute(context -> {
            context.getPropertyManager().acquireExclusiveLock();
            groups.createAll();
            filters.createAll();
            return true;
        });
    }
}
