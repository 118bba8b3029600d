package dev.lockstep.process.engine.people;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;

/** Creates the lists that everybody finds in Tasklist; who sees which task in them is up to the authorizations. */
final class TaskFilters {

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;

    TaskFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
    }

    /** Idempotent: a filter that exists by its name is left as people have changed it. */
    void createAll() {
        Map<String, TaskQuery> wanted = new LinkedHashMap<>();
        wanted.put("My tasks", tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        wanted.put(
                "My groups' tasks",
                tasks.createTaskQuery()
                        .taskCandidateGroupInExpression("${currentUserGroups()}")
                        .taskUnassigned());
        wanted.put(
                "Failed rotations",
                tasks.createTaskQuery()
                        .taskDefinitionKeyIn("ResolveFailedRotation", "ResolveFailedRetirement", "ResolveLaggards"));
        wanted.put("Targets that are down", tasks.createTaskQuery().taskDefinitionKey("RestoreTarget"));
        wanted.put("Drift", tasks.createTaskQuery().taskDefinitionKey("ResolveDrift"));
        wanted.put(
                "Approvals",
                tasks.createTaskQuery()
                        .taskDefinitionKeyIn(
                                "ApproveRotation", "ApproveIssuance", "ApproveDecommission", "ReviewBreakGlass"));
        wanted.put(
                "Begin and end of credentials",
                tasks.createTaskQuery()
                        .taskDefinitionKeyIn(
                                "HandOverCredential",
                                "ResolveFailedIssuance",
                                "ResolveReadAttempt",
                                "ResolveFailedDecommission"));
        wanted.put(
                "Leaks",
                tasks.createTaskQuery()
                        .taskDefinitionKeyIn("ReviewReport", "ReviewIncident", "ResolveFailedContainment"));
        wanted.put("Access reviews", tasks.createTaskQuery().taskDefinitionKeyIn("ReviewAccess", "CorrectAccess"));
        wanted.put("Drills", tasks.createTaskQuery().taskDefinitionKey("DebriefDrill"));
        wanted.put("All tasks", tasks.createTaskQuery());
        int place = 0;
        for (Map.Entry<String, TaskQuery> filter : wanted.entrySet()) {
            create(filter.getKey(), filter.getValue(), place++);
        }
    }

    private void create(String name, TaskQuery query, int place) {
        if (filters.createTaskFilterQuery().filterName(name).count() > 0) {
            return;
        }
        Filter filter = filters.newTaskFilter(name);
        filter.setQuery(query.orderByTaskCreateTime().desc());
        filter.setProperties(Map.of("priority", place, "refresh", true, "showUndefinedVariable", false));
        Authorization everybody = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
        everybody.setUserId(Authorization.ANY);
        everybody.setResource(Resources.FILTER);
        everybody.setResourceId(filters.saveFilter(filter).getId());
        everybody.addPermission(Permissions.READ);
        authorizations.saveAuthorization(everybody);
    }
}
