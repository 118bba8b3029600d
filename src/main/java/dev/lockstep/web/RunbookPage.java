package dev.lockstep.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the runbook. */
@Controller
@Hidden
class RunbookPage {

    private final Runbook runbook;

    RunbookPage(Runbook runbook) {
        this.runbook = runbook;
    }

    @GetMapping("/runbook")
    String show(Model model) {
        model.addAttribute("sections", runbook.sections());
        model.addAttribute("text", runbook.html());
        return "runbook";
    }
}
