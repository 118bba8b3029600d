package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static JsonNode schema() throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/schemas/target-postgresql.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void the_schema_knows_the_settings_that_the_adapter_knows() throws IOException {
        assertThat(names(schema().path("properties"))).isEqualTo(EndpointSettings.KNOWN);
        assertThat(names(schema().at("/$defs/account/properties")))
                .containsExactlyInAnyOrderElementsOf(AccountSettings.KNOWN);
    }
}
