package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedReferenceCheckTest {

    private static final String ADMINISTRATOR = """
            kind: Credential
            name: prod/dba/postgres/lockstep
            owner: dba
            class: database-user
            target: root-db
            store: main
            principal: lockstep
            policy: app-password
            """;

    private static final String ROOT = """
            kind: Target
            name: root-db
            type: inert
            settings: {password: "${env:ROOT_PASSWORD}"}
            """;

    private final ConfigDir directory;

    ManagedReferenceCheckTest(@TempDir Path root) {
        directory = Samples.all(new ConfigDir(root))
                .file("credentials/administrator.yaml", ADMINISTRATOR)
                .file("targets/root.yaml", ROOT)
                .file("targets/db.yaml", target("${credential:prod/dba/postgres/lockstep}"));
    }

    private static String target(String password) {
        return Samples.TARGET.replace("${env:PG_ADMIN_PASSWORD}", password);
    }

    @Test
    void a_target_may_log_in_with_a_credential_of_another_target() {
        Snapshot snapshot = directory.load();

        assertThat(snapshot.targets().values())
                .anySatisfy(target -> assertThat(target.settings())
                        .containsEntry("password", "${credential:prod/dba/postgres/lockstep}"));
        assertThat(new LiveCatalog(snapshot, () -> {
                            throw new IllegalStateException("not asked for");
                        })
                        .usersOf(snapshot.credentials().firstKey()))
                .containsExactly("target orders-db");
    }

    @Test
    void a_credential_that_is_not_configured_is_named_with_what_there_is() {
        directory.file("targets/db.yaml", target("${credential:prod/dba/postgres/lockstp}"));

        assertThat(directory.error().toString())
                .contains("db.yaml:8:13: settings.password: there is no credential 'prod/dba/postgres/lockstp'; did you"
                        + " mean prod/dba/postgres/lockstep?");
    }

    @Test
    void what_is_no_name_is_no_reference() {
        directory.file("targets/db.yaml", target("${credential:../lockstep}"));

        assertThat(directory.error().toString())
                .contains("db.yaml:8:13: settings.password: is not a reference that Lockstep knows; write ${env:NAME},"
                        + " ${file:/path} or ${credential:env/team/system/what}");
    }

    @Test
    void a_target_that_logs_in_with_its_own_credential_is_refused_with_the_cycle() {
        directory.file("credentials/administrator.yaml", ADMINISTRATOR.replace("root-db", "orders-db"));

        assertThat(directory.error().toString())
                .contains("db.yaml:8:13: settings.password: leads back to itself: target orders-db ->"
                        + " prod/dba/postgres/lockstep -> target orders-db; let a target or store with a login of its"
                        + " own");
    }

    @Test
    void a_longer_cycle_is_written_out_at_each_reference_of_it() {
        directory.file(
                "targets/root.yaml",
                ROOT.replace("${env:ROOT_PASSWORD}", "${credential:prod/shop/postgres/orders-app}"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(
                        tuple(
                                "settings.password",
                                "leads back to itself: target orders-db -> prod/dba/postgres/lockstep -> target root-db"
                                        + " -> prod/shop/postgres/orders-app -> target orders-db"),
                        tuple(
                                "settings.password",
                                "leads back to itself: target root-db -> prod/shop/postgres/orders-app -> target"
                                        + " orders-db -> prod/dba/postgres/lockstep -> target root-db"));
    }

    @Test
    void a_store_must_not_need_a_credential_that_it_holds() {
        directory.file(
                "stores/third.yaml",
                "kind: Store\nname: third\ntype: inert\nsettings: {token: \"${credential:prod/dba/postgres/lockstep}\"}\n");
        assertThat(directory.load().stores()).containsKey("third");

        directory.file("credentials/administrator.yaml", ADMINISTRATOR + "mirrors: [third]\n");

        assertThat(directory.error().problem())
                .isEqualTo("leads back to itself: store third -> prod/dba/postgres/lockstep -> store third");
    }

    @Test
    void accounts_that_take_turns_are_no_login() {
        directory.file(
                "credentials/administrator.yaml",
                ADMINISTRATOR
                        .replace("principal: lockstep", "principals: [one, other]")
                        .replace("app-password", "weekly-pair"));

        assertThat(directory.error().toString())
                .contains("settings.password: 'prod/dba/postgres/lockstep' takes turns between two accounts")
                .contains("strategy in-place or overlap");
    }

    @Test
    void the_first_value_of_a_credential_is_no_other_credential() {
        directory.file(
                "credentials/administrator.yaml", ADMINISTRATOR + "initial: ${credential:prod/shop/postgres/x}\n");

        List<ConfigurationError> errors = directory.errors();
        assertThat(errors).extracting(ConfigurationError::field).contains("initial");
    }
}
