package dev.lockstep.process.engine.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.xml.sax.SAXException;

/**
 * A task whose form is bound to the deployment finds it only when the same deployment brings it. Modeler leaves out
 * forms that have not changed, and a task without its form can be neither read nor completed.
 */
final class BoundForms {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> brought;

    /** Takes all files of one deployment; one that cannot be read is refused for that. */
    BoundForms(Collection<ResourceEntity> files) {
        this.brought = files.stream()
                .filter(file -> file.getName().endsWith(".form"))
                .map(BoundForms::id)
                .collect(Collectors.toSet());
    }

    private static String id(ResourceEntity form) {
        try {
            return JSON.readTree(form.getBytes()).path("id").asText();
        } catch (IOException refusedByItself) {
            return "";
        }
    }

    /** What is missing for one file of the deployment. */
    Stream<Finding> check(ResourceEntity file) {
        if (!file.getName().endsWith(".bpmn")) {
            return Stream.empty();
        }
        try {
            return check(ModelXml.read(file.getBytes()));
        } catch (SAXException refusedByItself) {
            return Stream.empty();
        }
    }

    private Stream<Finding> check(ModelXml model) {
        return model.elements("userTask")
                .filter(task -> ModelXml.attribute(task, "formRefBinding")
                        .filter("deployment"::equals)
                        .isPresent())
                .flatMap(task -> ModelXml.attribute(task, "formRef")
                        .filter(form -> !brought.contains(form))
                        .map(form -> Finding.at(
                                task,
                                "the form '" + form + "' is bound to this deployment, which does not bring it; set the"
                                        + " binding to latest"))
                        .stream());
    }
}
