package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.DryRuns;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Tries a model out and shows the path on its diagram. */
@Controller
@Hidden
@RequestMapping("/processes/try")
class TryProcessPage {

    private static final String EXAMPLE = """
            {
              "consumers": {"web": true},
              "failures": {"ApplyToTarget": {"times": 2}}
            }""";

    private final DryRuns runs;
    private final DryRunForm form;

    TryProcessPage(DryRuns runs, DryRunForm form) {
        this.runs = runs;
        this.form = form;
    }

    @GetMapping
    String ask(Model model) {
        model.addAttribute("plan", EXAMPLE);
        return "try-process";
    }

    @PostMapping
    String run(
            @RequestParam Map<String, MultipartFile> files,
            @RequestParam(name = DryRunForm.PLAN, required = false) @Nullable String plan,
            Model model) {
        model.addAttribute("plan", plan);
        try {
            model.addAttribute("run", DryRunView.of(runs.run(form.read(files, plan))));
        } catch (InvalidInput refused) {
            model.addAttribute("refusal", refused.getMessage());
        }
        return "try-process";
    }
}
