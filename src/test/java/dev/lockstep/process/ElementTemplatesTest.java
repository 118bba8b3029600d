package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockstep.domain.Outcome;
import dev.lockstep.process.engine.expression.ModelBeans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What a designer drags into a model in the Modeler: one element template for each step, and none for anything else.
 */
@ProcessTest
class ElementTemplatesTest {

    private static final Path TEMPLATES = Path.of("processes/.camunda/element-templates");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELEGATE = "camunda:delegateExpression";

    @Autowired
    ApplicationContext application;

    @Autowired
    ModelBeans modelBeans;

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.sorted().toList();
        }
    }

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode read(Path template) {
        try {
            return JSON.readTree(template.toFile());
        } catch (IOException e) {
            throw new AssertionError(template + " is no JSON", e);
        }
    }

    @Test
    void eachStepThatModelsMayUseHasATemplate() throws IOException {
        Set<String> missing = new TreeSet<>(Arrays.asList(application.getBeanNamesForType(JavaDelegate.class)));
        missing.removeIf(name -> modelBeans.type(name).isEmpty());
        missing.removeAll(delegates());
        assertThat(missing)
                .as(missing.stream().map(ElementTemplatesTest::advice).collect(Collectors.joining("\n")))
                .isEmpty();
    }

    @Test
    void eachTemplateOfAStepNamesAStepThatExists() throws IOException {
        assertThat(delegates())
                .allSatisfy(name -> assertThat(modelBeans.type(name))
                        .as("'%s' is named by a template in %s, but there is no such delegate", name, TEMPLATES)
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void eachTemplateIsWhatTheModelerReads(Path template) {
        assertThat(schema().validate(read(template))).as(template.toString()).isEmpty();
    }

    @Test
    void aTemplateThatTheModelerWouldNotReadIsNoticed() {
        ObjectNode broken = (ObjectNode) read(TEMPLATES.resolve("promote-version.json"));
        broken.putArray("appliesTo").add("ServiceTask");
        assertThat(schema().validate(broken)).isNotEmpty();
    }

    /** As published for the Modeler. */
    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(read(Path.of("src/test/resources/element-templates/schema.json")));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void eachTemplateSaysWhatItIsForAndIsDescribed(Path template) throws IOException {
        JsonNode content = read(template);
        String name = template.getFileName().toString().replace(".json", "");
        assertThat(content.path("id").asText()).isEqualTo("dev.lockstep." + name);
        assertThat(content.path("version").asInt()).isPositive();
        assertThat(content.path("description").asText()).endsWith(".");
        assertThat(content.at("/category/name").asText()).startsWith("Lockstep: ");
        assertThat(content.at("/icon/contents").asText()).startsWith("data:image/svg+xml,");
        String heading = content.path("name").asText();
        assertThat(Files.readString(Path.of("docs/element-templates.md"))).containsPattern("(?m)^##+ " + heading + "$");
        assertThat(content.path("documentationRef").asText())
                .endsWith("/docs/element-templates#"
                        + heading.toLowerCase(Locale.ROOT).replace(' ', '-'));
        delegate(content).ifPresent(bean -> assertThat(name).isEqualTo(kebab(bean)));
    }

    @Test
    void theEndOfAnOperationIsChosenFromAllOutcomesThereAre() {
        Set<String> offered = new TreeSet<>();
        for (String end : List.of("close-operation", "close-issuance", "close-decommission")) {
            read(TEMPLATES.resolve(end + ".json"))
                    .path("properties")
                    .forEach(property -> property.path("choices")
                            .forEach(choice -> offered.add(choice.path("value").asText())));
        }
        assertThat(offered)
                .as("the choices of 'outcome' in the templates that end an operation")
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Outcome.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("models")
    void eachStepOfAShippedModelHasATemplate(Path model) throws IOException {
        Set<String> used = new TreeSet<>();
        Bpmn.readModelFromFile(model.toFile()).getModelElementsByType(ServiceTask.class).stream()
                .map(ServiceTask::getCamundaDelegateExpression)
                .filter(Objects::nonNull)
                .forEach(expression -> used.add(expression.replaceAll("^\\$\\{(.*)}$", "$1")));
        used.removeAll(delegates());
        assertThat(used)
                .as(used.stream().map(ElementTemplatesTest::advice).collect(Collectors.joining("\n")))
                .isEmpty();
    }

    private static Set<String> delegates() throws IOException {
        return templates().stream()
                .map(ElementTemplatesTest::read)
                .flatMap(template -> delegate(template).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> delegate(JsonNode template) {
        return StreamSupport.stream(template.path("properties").spliterator(), false)
                .filter(property -> property.at("/binding/name").asText().equals(DELEGATE))
                .map(property -> property.path("value").asText().replaceAll("^\\$\\{(.*)}$", "$1"))
                .findFirst();
    }

    private static String kebab(String bean) {
        return bean.replaceAll("Delegate$", "").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** What to add, ready to be filled in. */
    private static String advice(String bean) {
        String name = kebab(bean);
        return """

                '%2$s' has no element template. Copy a template of the same group (a step at a target or store: \
                verify-version.json; another one: describe-failure.json) to %3$s/%1$s.json, set its "id" to \
                "dev.lockstep.%1$s", its name and description in words, the value of %4$s to "${%2$s}", and add a \
                dropdown with a binding of type camunda:property for each property that the delegate reads; then \
                describe it in docs/element-templates.md.""".formatted(name, bean, TEMPLATES, DELEGATE);
    }
}
