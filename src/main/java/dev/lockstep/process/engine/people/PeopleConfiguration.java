package dev.lockstep.process.engine.people;

import dev.lockstep.port.EngineDirectory;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires people, groups, rights and filters of the engine. */
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {

    @Bean
    EngineGroups engineGroups(IdentityService identities, AuthorizationService authorizations) {
        return new EngineGroups(identities, authorizations);
    }

    @Bean
    EngineDirectory engineDirectory(
            IdentityService identities, AuthorizationService authorizations, EngineGroups groups) {
        return new EnginePeople(identities, authorizations, groups, new OwnWork(identities));
    }

    @Bean
    PeopleSetup peopleSetup(
            @Qualifier("commandExecutorTxRequired") CommandExecutor engine,
            EngineGroups groups,
            FilterService filters,
            TaskService tasks,
            AuthorizationService authorizations) {
        return new PeopleSetup(engine, groups, new TaskFilters(filters, tasks, authorizations));
    }

    @Bean
    AdministratorCheck administratorCheck(IdentityService identities) {
        return new AdministratorCheck(identities);
    }
}
