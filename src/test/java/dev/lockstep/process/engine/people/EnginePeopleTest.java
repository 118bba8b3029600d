package dev.lockstep.process.engine.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.port.EngineDirectory;
import dev.lockstep.process.engine.EngineTest;
import dev.lockstep.process.engine.rules.Models;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

@EngineTest
@Import(EnginePeopleTest.People.class)
class EnginePeopleTest {

    /** The directory without the check at start, because nobody is there yet. */
    @Import(PeopleConfiguration.class)
    static class People {
        @Bean
        static BeanFactoryPostProcessor withoutCheck() {
            return beans -> ((BeanDefinitionRegistry) beans).removeBeanDefinition("administratorCheck");
        }
    }

    @Autowired
    ProcessEngine engine;

    @Autowired
    EngineDirectory directory;

    @Autowired
    PeopleSetup setup;

    @Autowired
    TransactionTemplate transaction;

    IdentityService identities;

    @BeforeEach
    void services() {
        identities = engine.getIdentityService();
    }

    @AfterEach
    void nobody_is_left() {
        identities.clearAuthentication();
        identities.createUserQuery().list().forEach(user -> directory.remove(user.getId()));
        engine.getRepositoryService()
                .createDeploymentQuery()
                .list()
                .forEach(it -> engine.getRepositoryService().deleteDeployment(it.getId(), true));
    }

    List<String> groupsOf(String user) {
        return identities.createGroupQuery().groupMember(user).orderByGroupId().asc().list().stream()
                .map(Group::getId)
                .toList();
    }

    <T> T as(String user, Supplier<T> work) {
        identities.setAuthentication(user, groupsOf(user));
        try {
            return work.get();
        } finally {
            identities.clearAuthentication();
        }
    }

    @Test
    void a_person_is_known_with_exactly_the_groups_given_last() {
        directory.mirror("ann", "Ann", Set.of("operators", "db-team"));
        directory.mirror("ann", "Ann B.", Set.of("operators", "administrators"));
        directory.mirror("ann", "Ann B.", Set.of("operators", "administrators"));
        assertThat(identities.createUserQuery().list()).singleElement().satisfies(user -> {
            assertThat(user.getFirstName()).isEqualTo("Ann B.");
            assertThat(user.getId()).isEqualTo("ann");
        });
        assertThat(groupsOf("ann")).containsExactly("administrators", "camunda-admin", "operators");
        directory.remove("ann");
        directory.remove("ann");
        assertThat(identities.createUserQuery().count()).isZero();
        assertThat(engine.getAuthorizationService()
                        .createAuthorizationQuery()
                        .userIdIn("ann")
                        .count())
                .isZero();
    }

    @Test
    void names_with_dots_dashes_and_addresses_are_known_and_others_refused() {
        directory.mirror("ann.b-c@example.org", "Ann", Set.of("team_1"));
        assertThat(groupsOf("ann.b-c@example.org")).containsExactly("team_1");
        assertThatThrownBy(() -> directory.mirror("../x", "X", Set.of())).hasMessageContaining("../x");
    }

    @Test
    void the_copy_joins_the_transaction_of_its_caller() {
        transaction.executeWithoutResult(status -> {
            directory.mirror("ann", "Ann", Set.of("operators"));
            status.setRollbackOnly();
        });
        assertThat(identities.createUserQuery().count()).isZero();
    }

    @Test
    void a_person_cannot_change_the_own_user_and_no_easy_password_opens_it() {
        directory.mirror("ann", "Ann", Set.of("operators"));
        assertThat(identities.checkPassword("ann", "")).isFalse();
        assertThat(identities.checkPassword("ann", "ann")).isFalse();
        assertThatThrownBy(() -> as("ann", () -> {
                    identities.deleteUser("ann");
                    return true;
                }))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void setting_up_twice_leaves_one_of_each() {
        long rights =
                engine.getAuthorizationService().createAuthorizationQuery().count();
        setup.afterPropertiesSet();
        assertThat(engine.getAuthorizationService().createAuthorizationQuery().count())
                .isEqualTo(rights);
        assertThat(engine.getFilterService().createTaskFilterQuery().list())
                .extracting(Filter::getName)
                .containsExactlyInAnyOrder(
                        "My tasks",
                        "My groups' tasks",
                        "Failed rotations",
                        "Targets that are down",
                        "Drift",
                        "Approvals",
                        "Begin and end of credentials",
                        "Leaks",
                        "Access reviews",
                        "Drills",
                        "All tasks");
    }

    @Test
    void each_role_reaches_its_own_web_applications() {
        directory.mirror("op", "Op", Set.of("operators"));
        directory.mirror("aud", "Aud", Set.of("auditors"));
        directory.mirror("adm", "Adm", Set.of("administrators"));
        assertThat(opens("op", "tasklist")).isTrue();
        assertThat(opens("op", "admin")).isFalse();
        assertThat(opens("aud", "cockpit")).isTrue();
        assertThat(opens("aud", "tasklist")).isFalse();
        assertThat(opens("adm", "admin")).isTrue();
    }

    @Test
    void a_limited_role_works_on_tasks_and_sees_no_instance_of_any_environment() {
        directory.mirror("op", "Op", Set.of("operators-test"));
        directory.mirror("app", "App", Set.of("approvers-prod"));
        directory.mirror("other", "Other", Set.of("db-team"));

        assertThat(opens("op", "tasklist")).isTrue();
        assertThat(opens("op", "cockpit")).isFalse();
        assertThat(opens("app", "tasklist")).isTrue();
        assertThat(opens("other", "tasklist")).isFalse();
        assertThat(mayWithProcesses("op", ProcessDefinitionPermissions.READ)).isTrue();
        assertThat(mayWithProcesses("op", ProcessDefinitionPermissions.READ_INSTANCE))
                .isFalse();
        assertThat(mayWithProcesses("op", ProcessDefinitionPermissions.RETRY_JOB))
                .isFalse();
    }

    @Test
    void the_rights_of_limited_roles_are_made_right_at_each_start() {
        directory.mirror("op", "Op", Set.of("operators-test"));
        engine.getAuthorizationService()
                .createAuthorizationQuery()
                .groupIdIn("operators-test")
                .list()
                .forEach(right -> engine.getAuthorizationService().deleteAuthorization(right.getId()));
        assertThat(opens("op", "tasklist")).isFalse();
        Authorization former = engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        former.setGroupId("operators-test");
        former.setResource(Resources.APPLICATION);
        former.setResourceId("cockpit");
        former.setPermissions(new Permission[] {Permissions.ACCESS});
        engine.getAuthorizationService().saveAuthorization(former);

        setup.afterPropertiesSet();

        assertThat(opens("op", "tasklist")).isTrue();
        assertThat(opens("op", "cockpit")).as("as an earlier version gave it").isFalse();
    }

    boolean mayWithProcesses(String user, Permission permission) {
        return engine.getAuthorizationService()
                .isUserAuthorized(user, groupsOf(user), permission, Resources.PROCESS_DEFINITION, "*");
    }

    boolean opens(String user, String webapp) {
        return engine.getAuthorizationService()
                .isUserAuthorized(user, groupsOf(user), Permissions.ACCESS, Resources.APPLICATION, webapp);
    }

    @Test
    void designers_deploy_and_others_do_not() {
        directory.mirror("des", "Des", Set.of("designers"));
        directory.mirror("op", "Op", Set.of("operators"));
        String model = Models.bpmn(Models.around("<bpmn:userTask id=\"n\"/>"));
        Supplier<String> deploy = () -> engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", model)
                .deploy()
                .getId();
        assertThat(as("des", deploy)).isNotNull();
        assertThatThrownBy(() -> as("op", deploy)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void a_task_is_seen_and_done_by_the_group_it_is_for_and_shown_in_its_filters() {
        directory.mirror("op", "Op", Set.of("operators"));
        directory.mirror("other", "Other", Set.of("approvers"));
        String model = Models.bpmn(Models.around("<bpmn:userTask id=\"n\" camunda:candidateGroups=\"operators\"/>"))
                .replace("id=\"n\"", "id=\"ResolveFailedRotation\"")
                .replace("Ref=\"n\"", "Ref=\"ResolveFailedRotation\"");
        engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", model)
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("p");

        assertThat(as("other", () -> seenIn("All tasks"))).isZero();
        assertThat(as("op", () -> seenIn("All tasks"))).isEqualTo(1);
        assertThat(as("op", () -> seenIn("My groups' tasks"))).isEqualTo(1);
        assertThat(as("op", () -> seenIn("Failed rotations"))).isEqualTo(1);
        assertThat(as("op", () -> seenIn("Approvals"))).isZero();
        assertThat(as("op", () -> seenIn("My tasks"))).isZero();
        String task = engine.getTaskService().createTaskQuery().singleResult().getId();
        as("op", () -> {
            engine.getTaskService().claim(task, "op");
            return true;
        });
        assertThat(as("op", () -> seenIn("My tasks"))).isEqualTo(1);
        assertThatThrownBy(() -> as("op", () -> {
                    engine.getTaskService().setAssignee(task, "other");
                    return true;
                }))
                .isInstanceOf(AuthorizationException.class);
        as("op", () -> {
            engine.getTaskService().complete(task);
            return true;
        });
        assertThat(engine.getTaskService().createTaskQuery().count()).isZero();
    }

    long seenIn(String filter) {
        Filter found = engine.getFilterService()
                .createTaskFilterQuery()
                .filterName(filter)
                .singleResult();
        return engine.getFilterService().count(found.getId());
    }

    @Test
    void the_start_is_refused_while_nobody_administers_the_engine() {
        AdministratorCheck check = new AdministratorCheck(identities);
        directory.mirror("op", "Op", Set.of("operators"));
        assertThatThrownBy(check::start).isInstanceOf(NoAdministrator.class).hasMessageContaining("camunda-admin");
        assertThat(new NoAdministrator.Analyzer().analyze(new IllegalStateException(new NoAdministrator())))
                .extracting(analysis -> analysis.getDescription().lines().count())
                .isEqualTo(1L);
        directory.mirror("adm", "Adm", Set.of("administrators"));
        check.start();
        assertThat(check.isRunning()).isTrue();
    }
}
