package dev.lockstep.process.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.process.engine.EngineTest;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An expression in a task query ran code for whoever may query tasks (CVE-2026-109432). */
@EngineTest
class QueryExpressionTest {

    private static final String ATTACK =
            "${''.getClass().forName('java.lang.System').getMethod('setProperty', ''.getClass(), ''.getClass())"
                    + ".invoke(null, 'lockstep.attacked', 'yes')}";

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    TaskService tasks;
    FilterService filters;

    @BeforeEach
    void a_task_of_paul() {
        tasks = engine.getTaskService();
        filters = engine.getFilterService();
        Task task = tasks.newTask("t1");
        task.setAssignee("paul");
        tasks.saveTask(task);
        System.clearProperty("lockstep.attacked");
    }

    @AfterEach
    void nothing_was_evaluated() {
        engine.getIdentityService().clearAuthentication();
        tasks.deleteTask("t1", true);
        filters.createFilterQuery().list().forEach(filter -> filters.deleteFilter(filter.getId()));
        assertThat(System.getProperty("lockstep.attacked")).isNull();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(BadUserRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {ATTACK, "${1+1}", "${dateTime().minusDays(1)}", "#{currentUser()}", "${currentUser()} "})
    void an_expression_of_ones_own_is_refused_at_the_top_and_inside_or_queries(String expression) {
        List<TaskQuery> queries = List.of(
                tasks.createTaskQuery().taskAssigneeExpression(expression),
                tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression(expression)
                        .taskName("x")
                        .endOr(),
                tasks.createTaskQuery()
                        .or()
                        .taskCandidateGroupInExpression(expression)
                        .endOr(),
                tasks.createTaskQuery().or().dueBeforeExpression(expression).endOr());
        for (TaskQuery query : queries) {
            assertRefused(query::list);
            assertRefused(query::count);
            assertRefused(query::singleResult);
            assertRefused(() -> query.listPage(0, 1));
        }
    }

    @Test
    void a_filter_with_an_expression_of_ones_own_is_neither_saved_nor_run_nor_extended() {
        TaskQuery attack =
                tasks.createTaskQuery().or().taskAssigneeExpression(ATTACK).endOr();
        Filter bad = filters.newTaskFilter("bad").setQuery(attack);
        assertRefused(() -> filters.saveFilter(bad));

        Filter good = filters.saveFilter(filters.newTaskFilter("good").setQuery(tasks.createTaskQuery()));
        Stream.<ThrowingCallable>of(
                        () -> filters.list(good.getId(), attack),
                        () -> filters.count(good.getId(), attack),
                        () -> filters.singleResult(good.getId(), attack),
                        () -> filters.listPage(good.getId(), attack, 0, 1))
                .forEach(QueryExpressionTest::assertRefused);
        assertThat(filters.list(good.getId())).hasSize(1);
    }

    @Test
    void a_filter_that_was_put_into_the_database_by_other_means_is_not_run() {
        Filter filter = filters.saveFilter(filters.newTaskFilter("f").setQuery(tasks.createTaskQuery()));
        String query = "{\"orQueries\":[{\"expressions\":[],\"taskAssigneeExpression\":\"%s\"}]}"
                .formatted(ATTACK.replace("\"", "\\\""));
        jdbc.sql("UPDATE act_ru_filter SET query_ = :query WHERE id_ = :id")
                .param("query", query)
                .param("id", filter.getId())
                .update();
        assertRefused(() -> filters.list(filter.getId()));
        assertRefused(() -> filters.count(filter.getId()));
    }

    @Test
    void even_past_the_first_guard_no_expression_without_a_process_is_evaluated() {
        ModelExpressions expressions = new ModelExpressions(new SpringModelBeans(new StaticListableBeanFactory()));
        assertRefused(() -> expressions.createExpression(ATTACK).getValue(null));
        assertRefused(() -> expressions.createExpression("${1+1}").getValue(null));
    }

    @Test
    void the_filters_my_tasks_and_my_groups_tasks_work() {
        Filter mine = filters.saveFilter(filters.newTaskFilter("mine")
                .setQuery(tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}")));
        Filter groups = filters.saveFilter(filters.newTaskFilter("groups")
                .setQuery(tasks.createTaskQuery()
                        .or()
                        .taskCandidateGroupInExpression("${currentUserGroups()}")
                        .dueBeforeExpression("${now()}")
                        .endOr()));
        engine.getProcessEngineConfiguration().setAuthorizationEnabled(false);
        try {
            engine.getIdentityService().setAuthentication("paul", List.of("operators"));
            assertThat(filters.count(mine.getId())).isEqualTo(1);
            assertThat(filters.count(groups.getId())).isZero();
            engine.getIdentityService().setAuthentication("eve", List.of());
            assertThat(filters.count(mine.getId())).isZero();
        } finally {
            engine.getProcessEngineConfiguration().setAuthorizationEnabled(true);
        }
    }
}
