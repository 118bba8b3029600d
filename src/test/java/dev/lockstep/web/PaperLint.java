package dev.lockstep.web;

import dev.lockstep.port.DryRuns;
import dev.lockstep.port.ModelLint;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Refuses whatever is called evil; there is no engine behind it. */
@TestComponent
class PaperLint implements ModelLint {

    @Override
    public List<Finding> check(List<DryRuns.File> files) {
        return files.stream()
                .filter(file -> file.name().startsWith("evil"))
                .map(file -> new Finding(file.name(), "", "it is evil"))
                .toList();
    }
}
