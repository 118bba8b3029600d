package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.LockstepApplication;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application while somebody edits its files. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:reload",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.config.interval=200ms",
            "lockstep.models-dir=target/no-models"
        })
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class ReloadTest {

    private static final String PASSWORD = "long enough to pass";
    private static final String COMMIT = "8c1f0c3d9be2ad6e6a0f2c4a5b0f6f6a7f6c1d2e";

    @TempDir
    private static Path folder;

    private final Visitor administrator;
    private final Path policy = folder.resolve("config").resolve("policy.yaml");

    ReloadTest(@LocalServerPort int port, @Autowired UserAdministration users) {
        users.create("test", "anna", "Anna", SecretValue.of(PASSWORD), Set.of(Role.ADMINISTRATOR));
        this.administrator = new Visitor(port).basic("anna", PASSWORD);
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), COMMIT);
    }

    private JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return new ObjectMapper().readTree(answer.body());
    }

    private JsonNode await(String what, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(Duration.ofSeconds(20));
        JsonNode state = json(administrator.get("/api/v1/configuration"));
        while (!wanted.test(state)) {
            assertThat(Instant.now()).as("%s: %s", what, state).isBefore(until);
            Thread.sleep(50);
            state = json(administrator.get("/api/v1/configuration"));
        }
        return state;
    }

    @Test
    void aChangedFileIsPlannedAndAppliedAndABrokenOneKeepsTheLastGoodState(CapturedOutput output)
            throws IOException, InterruptedException {
        String first = await(
                        "the first start",
                        state -> state.at("/inForce/settledAt").isTextual())
                .at("/inForce/digest")
                .asText();

        Files.writeString(policy, Samples.POLICY);
        String plan =
                await("a plan", state -> state.has("pending")).at("/pending").asText();
        assertThat(json(administrator.get("/api/v1/plans/" + plan))
                        .at("/summary/created")
                        .asInt())
                .isEqualTo(1);
        assertThat(administrator.get("/").statusCode()).isEqualTo(200);
        JsonNode applied = json(administrator.json("POST", "/api/v1/plans/" + plan + "/apply", ""));
        assertThat(applied.at("/digest").asText()).isNotEqualTo(first);
        assertThat(applied.at("/by").asText()).isEqualTo("anna");
        assertThat(applied.at("/commit").asText()).isEqualTo(COMMIT);
        await("nothing that waits", state -> !state.has("pending"));

        Files.writeString(policy, Samples.POLICY.replace("P30D", "PT"));
        JsonNode broken = await("the errors", state -> state.at("/problems").size() == 1);
        assertThat(broken.at("/problems/0/file").asText()).endsWith("config/policy.yaml");
        assertThat(broken.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(broken.at("/inForce/digest").asText())
                .isEqualTo(applied.at("/digest").asText());
        JsonNode health = json(administrator.get("/actuator/health"));
        assertThat(health.at("/components/configuration/status").asText()).isEqualTo("DEGRADED");
        assertThat(health.at("/components/configuration/details/first/0").asText())
                .contains("policy.yaml:3:17: rotate.every");
        assertThat(json(administrator.get("/actuator/metrics/lockstep.configuration.errors"))
                        .at("/measurements/0/value")
                        .asInt())
                .isEqualTo(1);
        Thread.sleep(1000);
        assertThat(output.getAll().lines().filter(line -> line.contains("the last good configuration stays in force")))
                .as("said once")
                .hasSize(1);

        Files.writeString(policy, Samples.POLICY);
        await("files in order", state -> state.at("/problems").isEmpty());
        assertThat(json(administrator.get("/api/v1/audit/events")).toString())
                .contains(COMMIT)
                .contains(plan);
    }
}
