package dev.lockstep.designer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model as a designer changes it in the Modeler. */
record Changes(String xml) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The shipped model of this name. */
    static Changes of(String process) {
        return new Changes(read(Path.of("processes", process + ".bpmn")));
    }

    Changes versionTag(String tag) {
        return new Changes(xml.replaceFirst("camunda:versionTag=\"[^\"]*\"", "camunda:versionTag=\"" + tag + "\""));
    }

    Changes replace(String from, String to) {
        assertThat(xml).contains(from);
        return new Changes(xml.replace(from, to));
    }

    /** Puts a step from a template into a sequence flow. */
    Changes insert(String template, String name, String flow, String target) {
        String step = fromTemplate(template, name);
        String id = name.replace(" ", "");
        String out = "After" + id;
        return replace("id=\"" + flow + "\" ", "id=\"" + flow + "\" changed=\"true\" ")
                .with(
                        "(<bpmn:sequenceFlow id=\"" + flow + "\") changed=\"true\"([^>]*)targetRef=\"" + target
                                + "\"/>",
                        step + "<bpmn:sequenceFlow id=\"" + out + "\" sourceRef=\"" + id + "\" targetRef=\"" + target
                                + "\"/>$1$2targetRef=\"" + id + "\"/>")
                .with("<bpmn:incoming>" + flow + "</bpmn:incoming>", "<bpmn:incoming>" + out + "</bpmn:incoming>");
    }

    private Changes with(String pattern, String replacement) {
        String changed = xml.replaceFirst(pattern, replacement);
        assertThat(changed).as(pattern).isNotEqualTo(xml);
        return new Changes(changed);
    }

    private static String fromTemplate(String template, String name) {
        try {
            JsonNode content = JSON.readTree(read(Path.of("processes/.camunda/element-templates", template + ".json")));
            StringBuilder attributes = new StringBuilder();
            for (JsonNode property : content.path("properties")) {
                String binding = property.at("/binding/name").asText();
                String value =
                        binding.equals("name") ? name : property.path("value").asText();
                attributes
                        .append(' ')
                        .append(binding)
                        .append("=\"")
                        .append(value)
                        .append('"');
            }
            return "<bpmn:serviceTask id=\"" + name.replace(" ", "") + "\" camunda:modelerTemplate=\""
                    + content.path("id").asText() + "\"" + attributes.toString().replace("$", "\\$") + "/>";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
