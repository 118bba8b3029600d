package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The guide "Bring your first database under management", done as it says: its SQL, its YAML, its commands. */
@CliTest
class FirstDatabaseTest {

    private static final Path GUIDE = Path.of("docs/first-database.md");
    private static final String OWN = "the-login-of-lockstep";
    private static final String IN_USE = "what-the-application-uses";
    private static final String PASSWORD = "long enough to pass";
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String LOCKSTEP = SERVER.unique("guide_lockstep");
    private static final String ACCOUNT = SERVER.unique("guide_orders_app");

    private static final Path house = folder();

    @LocalServerPort
    int port;

    private static Path folder() {
        try {
            return Files.createTempDirectory("first-database");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void emptyDirectory(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(house, registry);
    }

    @Test
    void the_guide_does_what_it_says(@Autowired UserAdministration users) throws IOException {
        users.create("test", "gina", "Gina", SecretValue.of(PASSWORD), Set.of(Role.ADMINISTRATOR, Role.OPERATOR));
        SERVER.execute("postgres", "CREATE ROLE " + ACCOUNT + " LOGIN PASSWORD '" + IN_USE + "'");
        String guide = Files.readString(GUIDE);

        SERVER.execute("postgres", named(block(guide, "sql").get(0)).replace("'…'", "'" + OWN + "'"));
        Files.writeString(house.resolve("config/orders.yaml"), configuration(guide));
        List<String> commands = block(guide, "sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("lockstep ") && !line.startsWith("lockstep login"))
                .toList();
        assertThat(commands).hasSize(7);
        for (String command : commands) {
            Shell.Run run = Shell.of(house, port, "gina", PASSWORD).input("y\n").run(words(command));
            assertThat(run.code()).as(command + "\n" + run.out() + run.err()).isZero();
        }

        assertThat(SERVER.logsIn("postgres", ACCOUNT, IN_USE)).isFalse();
        assertThat(Shell.of(house, port, "gina", PASSWORD)
                        .run("credentials", "show", "prod/shop/orders-db/app")
                        .out())
                .containsPattern("last outcome +rotated");
    }

    private static List<String> block(String guide, String language) {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(guide)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String configuration(String guide) throws IOException {
        return named(block(guide, "yaml").get(0))
                .replace("host: db.example.com", "host: localhost, port: " + SERVER.port())
                .replace("${env:ORDERS_DB_ADMIN}", secret("admin", OWN))
                .replace("${env:ORDERS_APP_IN_USE}", secret("app", IN_USE));
    }

    private static String named(String text) {
        return text.replaceAll("\\borders_app\\b", ACCOUNT)
                .replaceAll("(admin: |ROLE |TO )lockstep\\b", "$1" + LOCKSTEP);
    }

    private static String secret(String name, String value) {
        return "${file:" + new Shell(house).secret(name, value) + "}";
    }

    private static String[] words(String command) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                .skip(1)
                .toArray(String[]::new);
    }
}
