package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one schema for editors says the same as the schemas of the kinds and types. */
class PublishedSchemasTest {

    private static final String PREFIX = "https://lockstep.dev/schemas/";

    private final Schema any = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaIdResolvers(ids -> ids.mapPrefix(PREFIX, "classpath:schemas/")))
            .getSchema(SchemaLocation.of(PREFIX + "lockstep.json"));

    static Stream<SchemaStand.Published> published() {
        return SchemaStand.published().stream();
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyExampleIsAcceptedByTheSchemaOfAllKinds(SchemaStand.Published schema) {
        assertThat(schema.examples()).isNotEmpty();
        schema.examples().forEach(example -> assertThat(any.validate(example)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("published")
    void theSchemaOfAllKindsKnowsEachKindAndEachTypeWithSettings(SchemaStand.Published schema) {
        if (schema.name().contains("#")) {
            return;
        }
        List<String> referred = new ArrayList<>();
        SchemaStand.read("lockstep").findValues("$ref").forEach(ref -> referred.add(ref.asText()));
        JsonNode kinds = SchemaStand.read("lockstep").at("/properties/kind/enum");

        assertThat(referred).contains(schema.name() + ".json");
        assertThat(kinds.toString()).contains(Kind.labels());
        assertThat(schema.schema().has("$id") ? schema.schema().path("$id").asText() : "")
                .isEqualTo(PREFIX + schema.name() + ".json");
    }

    @ParameterizedTest
    @MethodSource("published")
    void aDocumentWithAnUnknownFieldIsRefusedByTheSchemaOfAllKinds(SchemaStand.Published schema) {
        if (schema.name().contains("#")) {
            return;
        }
        SchemaStand.Changed changed =
                SchemaStand.with(schema, 0, List.of(schema.below().isEmpty() ? "no-such-field" : "no-such-setting"));
        SchemaStand.put(changed.parent(), "no-such-field", changed.document().path("kind"));

        assertThat(any.validate(changed.document())).isNotEmpty();
    }
}
