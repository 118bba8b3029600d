package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the kind {@code SecretSchema}, and what of them can be published. */
class SecretSchemaDocumentsTest {

    private static final String FILE = "secret-schemas/database-user.yaml";
    private static final SchemaVersion V1 = new SchemaVersion(1);
    private static final SchemaVersion V2 = new SchemaVersion(2);
    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");

    private static final String SCHEMA = """
            kind: SecretSchema
            name: database-user
            default: v1
            versions:
              v2:
                user: ${username}
                password: ${password}
                host: ${target.host}
                port: ${target.port:-5432}
                database: ${account.database}
                url: postgresql://${username|url}:${password|url}@${target.host}/${account.database|url}
              v1:
                username: ${user}
                password: ${password}
                jdbc-url: jdbc:postgresql://${host}:${port}/${database}
            """;

    private static final String WEB = """
            kind: Identity
            name: web
            approle: {}
            reads: {labels: {tier: gold}}
            schemas: [database-user/v1]
            """;

    private static final String TOOL = """
            kind: Identity
            name: tool
            approle: {}
            reads: {labels: {tier: gold}}
            """;

    @TempDir
    Path root;

    private ConfigDir directory;

    @BeforeEach
    void others() {
        directory = Samples.all(new ConfigDir(root)).file(FILE, SCHEMA);
    }

    private static Map<String, String> rendered(Snapshot snapshot, SchemaVersion version, String password) {
        Credential orders = Objects.requireNonNull(snapshot.credentials().get(ORDERS));
        Map<String, String> fields = new LinkedHashMap<>();
        new ConfiguredSchemas(() -> snapshot)
                .render(orders, version, "orders_app", SecretValue.of(password))
                .forEach((field, value) ->
                        fields.put(field, value.expose(bytes -> new String(bytes, StandardCharsets.UTF_8))));
        return fields;
    }

    @Test
    void eachVersionIsMadeOfTheNextNewer() {
        Snapshot snapshot = directory.load();
        SecretSchema schema = Objects.requireNonNull(snapshot.schemas().get("database-user"));

        assertThat(schema.usual()).isEqualTo(V1);
        assertThat(schema.newest()).isEqualTo(V2);
        String password = "p$w{}${user}\"'%41ä";
        assertThat(rendered(snapshot, V2, password))
                .containsExactly(
                        Map.entry("user", "orders_app"),
                        Map.entry("password", password),
                        Map.entry("host", "db.example.com"),
                        Map.entry("port", "5432"),
                        Map.entry("database", "orders"),
                        Map.entry(
                                "url",
                                "postgresql://orders_app:p%24w%7B%7D%24%7Buser%7D%22%27%2541%C3%A4"
                                        + "@db.example.com/orders"));
        assertThat(rendered(snapshot, V1, password))
                .containsExactly(
                        Map.entry("username", "orders_app"),
                        Map.entry("password", password),
                        Map.entry("jdbc-url", "jdbc:postgresql://db.example.com:5432/orders"));
    }

    @Test
    void withoutADefaultTheOldestVersionIsTheUsualOne() {
        directory.file(FILE, SCHEMA.replace("default: v1\n", ""));

        assertThat(Objects.requireNonNull(directory.load().schemas().get("database-user"))
                        .usual())
                .isEqualTo(V1);
    }

    @Test
    void eachErrorNamesLineAndField() {
        directory.file(
                FILE,
                SCHEMA.replace("default: v1", "default: v3")
                        .replace("user: ${username}", "user: ${usrname}")
                        .replace("${target.host}\n", "${target.password}\n")
                        .replace("${account.database}\n", "${env:HOME}\n")
                        .replace("username: ${user}", "username: ${usr}")
                        .replace("jdbc:postgresql://${host}:${port}/${database}", "${port:-1} ${host"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field)
                .containsExactly(
                        tuple(3, "default"),
                        tuple(6, "versions.v2.user"),
                        tuple(8, "versions.v2.host"),
                        tuple(10, "versions.v2.database"),
                        tuple(13, "versions.v1.username"),
                        tuple(15, "versions.v1.jdbc-url"));
        assertThat(directory.errors().get(1).toString()).contains("did you mean username?");
        assertThat(directory.errors().get(2).toString()).contains("is a secret of Lockstep's own");
        assertThat(directory.errors().get(4).toString()).contains("did you mean user?");
    }

    @Test
    void somethingInPlaceOfWhatIsAlwaysThereIsRefused() {
        directory.file(FILE, SCHEMA.replace("password: ${password}", "password: ${password:-changeme}"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::field)
                .containsExactly("versions.v2.password", "versions.v1.password");
    }

    @Test
    void aCredentialThatLacksSomethingIsRefusedWhereItWouldStand() {
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL.replace("database: orders, ", ""));

        assertThat(directory.error().toString())
                .contains("credentials/orders.yaml:9:", "settings.database", "database-user/v2 needs it for database")
                .contains("${account.database:-otherwise}");
    }

    @Test
    void aTargetThatLacksSomethingIsToldAtTheCredential() {
        directory.file(FILE, SCHEMA.replace("${target.host}\n", "${target.region}\n"));

        assertThat(directory.error().toString())
                .contains("credentials/orders.yaml:5:", "target: ", "the target orders-db has no setting region");
    }

    @Test
    void aReferenceToASecretIsNotShownToReaders() {
        directory
                .file(FILE, SCHEMA.replace("${target.host}\n", "${target.certificate}\n"))
                .file("targets/db.yaml", Samples.TARGET + "  certificate: ${file:/run/secrets/key.pem}\n");

        assertThat(directory.error().toString()).contains("no setting certificate that readers may see");
    }

    @Test
    void anIdentityNamesWhatIsThere() {
        directory.file("identities/web.yaml", WEB);
        assertThat(Objects.requireNonNull(directory.load().identities().get("web"))
                        .schemas())
                .containsExactly(Map.entry("database-user", V1));

        directory.file("identities/web.yaml", WEB.replace("user/v1", "user/v3"));
        assertThat(directory.error().toString())
                .contains("identities/web.yaml:5:", "schemas[0]: there is no 'database-user/v3'", "known: v1, v2");

        directory.file("identities/web.yaml", WEB.replace("[database-user/v1]", "[database-usr/v1]"));
        assertThat(directory.error().toString()).contains("schemas[0]", "did you mean database-user?");

        directory.file("identities/web.yaml", WEB.replace("user/v1", "user/v1, database-user/v2"));
        assertThat(directory.error().toString()).contains("schemas[1]: names the class database-user a second time");
    }

    /** What is said about files when these schemas and identities are in force. */
    private List<ConfigurationError> refusals(Snapshot former) {
        ConfigurationErrors refusal = catchThrowableOfType(ConfigurationErrors.class, () -> after(former, List.of()));
        return refusal == null ? List.of() : refusal.errors();
    }

    private Snapshot after(Snapshot former, List<Credential> issued) {
        Problems problems = new Problems();
        return directory
                .loader()
                .load(
                        Sources.in(root.toString(), problems),
                        ConfigDir.NOW,
                        problems,
                        new PublishedSchemas(former.schemas(), former.identities(), issued));
    }

    private List<Tuple> places(Snapshot former) {
        return refusals(former).stream()
                .map(error -> tuple(root.relativize(Path.of(error.file())).toString(), error.line(), error.field()))
                .toList();
    }

    @Test
    void aPublishedVersionIsNotChanged() {
        Snapshot former = directory.load();

        directory.file(FILE, SCHEMA.replace("host: ${target.host}", "host: ${target.host}."));
        assertThat(places(former))
                .as("what is made of it would change too")
                .containsExactly(tuple(FILE, 8, "versions.v2.host"), tuple(FILE, 15, "versions.v1.jdbc-url"));
        assertThat(refusals(former).get(0).toString())
                .contains("database-user/v2 is published")
                .contains("v3");

        directory.file(FILE, SCHEMA.replace("port:-5432", "port:-5433"));
        assertThat(places(former)).hasSize(2);

        directory.file(FILE, SCHEMA + "    more: ${user}\n");
        assertThat(places(former)).containsExactly(tuple(FILE, 16, "versions.v1.more"));

        directory.file(FILE, SCHEMA.replace("    jdbc-url: jdbc:postgresql://${host}:${port}/${database}\n", ""));
        assertThat(places(former)).containsExactly(tuple(FILE, 12, "versions.v1.jdbc-url"));
    }

    @Test
    void aNewVersionMayBePublishedWhenTheOthersGiveWhatTheyGave() {
        Snapshot former = directory.load();
        String third = """
                  v3:
                    login: ${username}
                    secret: ${password}
                    address: ${target.host}:${target.port:-5432}
                    server: ${target.host}
                    port: ${target.port:-5432}
                    name: ${account.database}
                """.indent(0);
        String second = """
                  v2:
                    user: ${login}
                    password: ${secret}
                    host: ${server}
                    port: ${port}
                    database: ${name}
                    url: postgresql://${login|url}:${secret|url}@${server}/${name|url}
                """;
        String first = SCHEMA.substring(SCHEMA.indexOf("  v1:"));
        String head = SCHEMA.substring(0, SCHEMA.indexOf("  v2:"));

        directory.file(FILE, head + third + second + first);
        Snapshot next = after(former, List.of());
        assertThat(rendered(next, V2, "p w")).isEqualTo(rendered(former, V2, "p w"));
        assertThat(rendered(next, V1, "p w")).isEqualTo(rendered(former, V1, "p w"));

        directory.file(FILE, head + third + second.replace("secret|url", "secret") + first);
        assertThat(places(former)).containsExactly(tuple(FILE, 18, "versions.v2.url"));
    }

    @Test
    void numbersAreNotUsedTwice() {
        directory.file(
                FILE, SCHEMA.replace("  v2:", "  v3:").replace("  v1:", "  v2:").replace("default: v1", "default: v2"));
        Snapshot former = directory.load();

        directory.file(FILE, SCHEMA.replace("  v2:", "  v3:").replace("default: v1\n", "default: v3\n"));
        assertThat(places(former)).as("v1 is new, and older").contains(tuple(FILE, 13, "versions.v1"));

        String onlySecond = SCHEMA.substring(0, SCHEMA.indexOf("  v1:")).replace("default: v1", "default: v2");
        directory.file(FILE, onlySecond);
        assertThat(places(former)).contains(tuple(FILE, 5, "versions"));
    }

    @Test
    void aVersionThatSomebodyReadsByConfigurationIsNotRemoved() {
        directory.file("identities/web.yaml", WEB);
        Snapshot former = directory.load();

        directory.file(FILE, SCHEMA.substring(0, SCHEMA.indexOf("  v1:")).replace("default: v1", "default: v2"));
        assertThat(places(former)).containsExactly(tuple("identities/web.yaml", 5, "schemas[0]"));

        directory.file("identities/web.yaml", WEB.replace("user/v1", "user/v2"));
        assertThat(refusals(former)).as("it has moved").isEmpty();
    }

    @Test
    void whoNamesNoVersionIsNotMovedByANewDefault() {
        directory.file("identities/tool.yaml", TOOL);
        Snapshot former = directory.load();

        directory.file(FILE, SCHEMA.replace("default: v1", "default: v2"));
        assertThat(places(former)).containsExactly(tuple("identities/tool.yaml", 2, "schemas"));
        assertThat(refusals(former).get(0).toString())
                .contains("jdbc-url, username")
                .contains("write schemas: [database-user/v1]");

        directory.file("identities/tool.yaml", TOOL.replace("gold", "none"));
        assertThat(refusals(former)).as("it reads none of them").isEmpty();

        directory.file("identities/tool.yaml", TOOL + "schemas: [database-user/v1]\n");
        assertThat(refusals(former)).as("it has chosen").isEmpty();

        directory.file("identities/tool.yaml", "").file("identities/other.yaml", TOOL.replace("tool", "other"));
        assertThat(refusals(former)).as("who is new has nothing to lose").isEmpty();
    }

    @Test
    void aFirstSchemaKeepsUserNameAndPasswordForThoseWhoNameNoVersion() {
        directory.file(FILE, "").file("identities/tool.yaml", TOOL);
        Snapshot without = directory.load();

        directory.file(FILE, SCHEMA);
        assertThat(refusals(without)).isEmpty();

        directory.file(FILE, SCHEMA.replace("default: v1", "default: v2"));
        assertThat(places(without)).containsExactly(tuple("identities/tool.yaml", 2, "schemas"));
        assertThat(refusals(without).get(0).toString()).contains("would not get username of " + ORDERS);
    }

    @Test
    void aSchemaIsNotTakenAwayFromThoseWhoReadMoreThanUserNameAndPassword() {
        directory.file("identities/tool.yaml", TOOL);
        Snapshot former = directory.load();

        directory.file(FILE, "");
        assertThat(places(former)).containsExactly(tuple("identities/tool.yaml", 2, "schemas"));
        assertThat(refusals(former).get(0).toString()).contains("jdbc-url");
    }

    @Test
    void whatWasIssuedOnRequestMustBeRenderedToo() {
        Snapshot former = directory.load();
        Credential orders = Objects.requireNonNull(former.credentials().get(ORDERS));
        Credential issued = new Credential(
                CredentialName.of("prod/shop/postgres/issued"),
                orders.owner(),
                orders.kind(),
                orders.target(),
                orders.store(),
                List.of(),
                List.of("issued"),
                Map.of(),
                orders.policy(),
                List.of(),
                Map.of(),
                Optional.empty());

        ConfigurationErrors refusal =
                catchThrowableOfType(ConfigurationErrors.class, () -> after(former, List.of(issued)));

        assertThat(refusal.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .contains(FILE + ":10:", "versions.v2.database", "prod/shop/postgres/issued"));
    }
}
