package dev.lockstep.designer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;

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

    /** Puts a step from a template into a sequence flow, with what is chosen in its fields. */
    Changes insert(String template, String name, Map<String, String> chosen, String flow, String target) {
        String step = Matcher.quoteReplacement(fromTemplate(template, name, chosen));
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

    private static String fromTemplate(String template, String name, Map<String, String> chosen) {
        try {
            JsonNode content = JSON.readTree(read(Path.of("processes/.camunda/element-templates", template + ".json")));
            StringBuilder attributes = new StringBuilder();
            StringBuilder extensions = new StringBuilder();
            for (JsonNode property : content.path("properties")) {
                String binding = property.at("/binding/name").asText();
                String value =
                        binding.equals("name") ? name : property.path("value").asText();
                if (property.at("/binding/type").asText().equals("camunda:property")) {
                    extensions.append("<camunda:property name=\"%s\" value=\"%s\"/>"
                            .formatted(binding, chosen.getOrDefault(binding, value)));
                } else {
                    attributes.append(" %s=\"%s\"".formatted(binding, value));
                }
            }
            return "<bpmn:serviceTask id=\"%s\" camunda:modelerTemplate=\"%s\"%s>"
                            .formatted(name.replace(" ", ""), content.path("id").asText(), attributes)
                    + "<bpmn:extensionElements><camunda:properties>" + extensions
                    + "</camunda:properties></bpmn:extensionElements></bpmn:serviceTask>";
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
