package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Rotations;
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

/** Asks an operator once more before a rotation starts, and for the reason. */
@Controller
@Hidden
@RequestMapping("/credentials/{environment}/{team}/{system}/{what}/rotate")
class RotatePage {

    private final CredentialRows rows;
    private final Rotations rotations;

    RotatePage(CredentialRows rows, Rotations rotations) {
        this.rows = rows;
        this.rotations = rotations;
    }

    @GetMapping
    String ask(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            Model model) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        model.addAttribute("name", row.name().value());
        model.addAttribute("target", row.target());
        model.addAttribute("strategy", row.strategy());
        model.addAttribute("active", row.active() == null ? null : row.active().label());
        return "rotate";
    }

    @PostMapping
    String rotate(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "ordinary") String urgency,
            Principal user) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        String why = Inputs.reason(reason);
        Operation operation = urgency.equals("break-glass")
                ? rotations.breakGlass(row.name(), user.getName(), why)
                : rotations.rotate(row.name(), urgency.equals("emergency"), user.getName(), why);
        return OperationPages.leadTo(operation);
    }
}
