package dev.lockstep.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.DryRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Reads what is uploaded for a dry run. */
@Component
class DryRunForm {

    static final String MODEL = "model";
    static final String PLAN = "plan";

    private static final int MOST_FILES = 20;

    private final ObjectMapper json;

    DryRunForm(ObjectMapper json) {
        this.json = json;
    }

    /** @param plan the text of a {@link DryRunPlan}; null for the usual one */
    DryRuns.Plan read(Map<String, MultipartFile> files, @Nullable String plan) {
        MultipartFile model = files.get(MODEL);
        if (model == null || model.isEmpty()) {
            throw new InvalidInput(MODEL, "the model's .bpmn file is needed");
        }
        if (files.size() > MOST_FILES) {
            throw new InvalidInput(MODEL, "at most " + MOST_FILES + " files");
        }
        List<DryRuns.File> others = files.entrySet().stream()
                .filter(file -> !file.getKey().equals(MODEL) && !file.getKey().equals(PLAN))
                .filter(file -> !file.getValue().isEmpty())
                .map(file -> file(file.getValue()))
                .toList();
        return plan(files.containsKey(PLAN) ? text(files.get(PLAN)) : plan).with(file(model), others);
    }

    /** The files of a deployment. */
    List<DryRuns.File> all(Map<String, MultipartFile> files) {
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw new InvalidInput("files", "1 to " + MOST_FILES + " files are needed");
        }
        return files.values().stream().map(DryRunForm::file).toList();
    }

    private DryRunPlan plan(@Nullable String text) {
        try {
            return json.readValue(text == null || text.isBlank() ? "{}" : text, DryRunPlan.class);
        } catch (JacksonException malformed) {
            throw new InvalidInput(PLAN, "the plan is not what is expected: " + malformed.getOriginalMessage());
        }
    }

    private static DryRuns.File file(MultipartFile file) {
        String name = file.getOriginalFilename();
        return new DryRuns.File(name == null || name.isBlank() ? "model.bpmn" : name, text(file));
    }

    private static String text(MultipartFile file) {
        try {
            return new String(file.getBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
