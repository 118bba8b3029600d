package dev.lockstep.process.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.task.Task;

/**
 * What people answer: as the plan says, and otherwise each choice's first option at the first visit, its second at the
 * second, and so on in turn.
 */
final class TaskAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FormService forms;
    private final Map<String, List<Map<String, Object>>> told;

    TaskAnswers(FormService forms, Map<String, List<Map<String, Object>>> told) {
        this.forms = forms;
        this.told = told;
    }

    /** @param visit counts the visits of the task from 1 */
    Map<String, Object> of(Task task, long visit) {
        List<Map<String, Object>> answers = told.getOrDefault(task.getTaskDefinitionKey(), List.of());
        return visit <= answers.size() ? answers.get((int) visit - 1) : byForm(task, visit);
    }

    private Map<String, Object> byForm(Task task, long visit) {
        Map<String, Object> answers = new HashMap<>();
        for (JsonNode field : form(task).path("components")) {
            JsonNode options = field.path("values");
            boolean open = !field.path("disabled").asBoolean()
                    && !field.path("readonly").asBoolean();
            if (open && options.isArray() && !options.isEmpty()) {
                int turn = (int) ((visit - 1) % options.size());
                answers.put(
                        field.path("key").asText(),
                        options.get(turn).path("value").asText());
            }
        }
        return answers;
    }

    private JsonNode form(Task task) {
        try (InputStream form = forms.getDeployedTaskForm(task.getId())) {
            return JSON.readTree(form);
        } catch (BadUserRequestException none) {
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
