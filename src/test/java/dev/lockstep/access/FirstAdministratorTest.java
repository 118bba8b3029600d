package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

@ExtendWith(OutputCaptureExtension.class)
class FirstAdministratorTest {

    private final Path temporary;

    FirstAdministratorTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void the_first_start_writes_a_login_that_works_and_only_the_owner_may_read(CapturedOutput output) throws Exception {
        AccessFixture access = AccessFixture.onH2();

        InitialLogin login = start(access, false);

        Path file = temporary.resolve("data/initial-login");
        assertThat(login.file()).isEqualTo(file);
        assertThat(login.password()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling("."))))
                .isEqualTo("rwx------");
        String password = password(file);
        assertThat(password).hasSize(24);
        assertThat(access.login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("admin", password)))
                .satisfies(in -> assertThat(in.getAuthorities())
                        .extracting(Object::toString)
                        .containsExactlyInAnyOrder("ROLE_ADMINISTRATOR", "ROLE_OPERATOR", "ROLE_APPROVER"));
        assertThat(access.directory.groups.get("admin"))
                .containsExactlyInAnyOrder("administrators", "approvers", "camunda-admin", "operators");
        assertThat(output).contains(file.toString()).doesNotContain(password);
        assertThat(access.trail.events.toString()).doesNotContain(password);
        try (var files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void the_second_start_changes_neither_file_nor_user() throws Exception {
        AccessFixture access = AccessFixture.onH2();
        Path file = start(access, true).file();
        String written = Files.readString(file);
        String hash = access.users.find("admin").orElseThrow().passwordHash();

        InitialLogin second = start(access, true);

        assertThat(second.password()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(written);
        assertThat(access.users.find("admin").orElseThrow().passwordHash()).isEqualTo(hash);
    }

    @Test
    void a_deleted_file_stays_deleted() throws Exception {
        AccessFixture access = AccessFixture.onH2();
        Path file = start(access, false).file();
        Files.delete(file);

        start(access, false);

        assertThat(file).doesNotExist();
    }

    @Test
    void the_password_is_lent_for_printing_only_when_asked_and_never_by_accident() throws Exception {
        InitialLogin login = start(AccessFixture.onH2(), true);

        String lent = login.password().orElseThrow().expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        assertThat(lent).isEqualTo(password(login.file()));
        assertThat(login.toString()).doesNotContain(lent);
    }

    @Test
    void a_link_that_somebody_put_in_the_place_of_the_file_is_replaced_and_not_followed() throws Exception {
        Path trap = Files.createFile(temporary.resolve("trap"));
        Files.createDirectory(temporary.resolve("data"));
        Files.createSymbolicLink(temporary.resolve("data/initial-login"), trap);

        Path file = start(AccessFixture.onH2(), false).file();

        assertThat(trap).isEmptyFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(password(file)).hasSize(24);
    }

    @Test
    void when_the_file_cannot_be_written_there_is_no_user_that_nobody_could_log_in_as() throws Exception {
        AccessFixture access = AccessFixture.onH2();
        Files.createFile(temporary.resolve("data"));

        assertThatThrownBy(() -> start(access, false)).hasMessageContaining("initial-login");
        assertThat(access.users.none()).isTrue();
    }

    @Test
    void of_two_nodes_that_start_at_once_one_makes_the_login_and_the_file_holds_that_one() throws Exception {
        AccessFixture access = AccessFixture.onPostgres();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Callable<InitialLogin> node = () -> start(access, true);
            List<InitialLogin> logins = nodes.invokeAll(List.of(node, node)).stream()
                    .map(FirstAdministratorTest::result)
                    .toList();

            assertThat(logins).filteredOn(login -> login.password().isPresent()).hasSize(1);
            String password = password(temporary.resolve("data/initial-login"));
            assertThat(access.login
                            .authenticate(UsernamePasswordAuthenticationToken.unauthenticated("admin", password))
                            .isAuthenticated())
                    .isTrue();
        } finally {
            nodes.shutdownNow();
        }
    }

    private static InitialLogin result(Future<InitialLogin> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private InitialLogin start(AccessFixture access, boolean print) {
        InitialLoginFile file = new InitialLoginFile(temporary.resolve("data"));
        return new FirstAdministrator(access.users, access.administration, access.passwords, file, access.transaction)
                .prepare(print);
    }

    private static String password(Path file) throws IOException {
        return Files.readAllLines(file).get(1).substring("password: ".length());
    }
}
