package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.port.Rehearsals;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks what is to be rehearsed with a sandbox credential. */
@Controller
@Hidden
@RequestMapping("/credentials/{environment}/{team}/{system}/{what}/drill")
class BeginDrillPage {

    private final CredentialRows rows;
    private final Rehearsals rehearsals;

    BeginDrillPage(CredentialRows rows, Rehearsals rehearsals) {
        this.rows = rows;
        this.rehearsals = rehearsals;
    }

    @GetMapping
    String ask(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            Model model) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        model.addAttribute("name", name.value());
        model.addAttribute(
                "objection",
                rehearsals.objection(name, Drill.Scenario.DEAD_TARGET).orElse(null));
        model.addAttribute(
                "single", rehearsals.objection(name, Drill.Scenario.LOST_NODE).orElse(null));
        return "begin-drill";
    }

    @PostMapping
    String begin(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestParam(required = false) @Nullable String scenario,
            @RequestParam(required = false) @Nullable String reason,
            Principal user) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        Drill drill = rehearsals.begin(name, Inputs.scenario(scenario), user.getName(), Inputs.reason(reason));
        return "redirect:/drills/" + drill.label();
    }
}
