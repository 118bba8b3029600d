package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container files as docker-compose reads them. */
@Tag("extended")
class ContainersTest {

    private static final String PASSWORDS = "config/examples/compose/passwords";

    @TempDir
    private Path folder;

    @Test
    void the_services_are_complete_with_generated_passwords() throws IOException {
        JsonNode services = services();

        assertThat(services.fieldNames()).toIterable().containsExactlyInAnyOrder("database", "lockstep", "target");
        services.forEach(service -> assertThat(service.at("/environment")).isNotEmpty());
        assertThat(services.at("/lockstep/environment").get("LOCKSTEP_KEK").asText())
                .hasSize(44);
        assertThat(services.at("/lockstep/read_only").asBoolean()).isTrue();
        assertThat(services.at("/lockstep/depends_on").findValuesAsText("condition"))
                .containsOnly("service_healthy");
        assertThat(services.findValuesAsText("POSTGRES_PASSWORD")).doesNotHaveDuplicates();
    }

    @Test
    void nothing_starts_with_a_default_password() throws IOException {
        Path env = Files.createFile(folder.resolve("empty"));
        Program.Ended ended = Program.end(Map.of(), "docker-compose", "--env-file", env.toString(), "config");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("generate .env first");
    }

    private JsonNode services() throws IOException {
        Path env = Files.writeString(folder.resolve("env"), Program.run(Map.of(), "bash", PASSWORDS));
        String config = Program.run(Map.of(), "docker-compose", "--env-file", env.toString(), "config");
        return new ObjectMapper(new YAMLFactory()).readTree(config).get("services");
    }
}
