package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakReport;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Signals;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks somebody who reports a leak of a credential once more, and for what is known of it. */
@Controller
@Hidden
@RequestMapping("/credentials/{environment}/{team}/{system}/{what}/report-leak")
class ReportLeakPage {

    private final CredentialRows rows;
    private final Signals signals;

    ReportLeakPage(CredentialRows rows, Signals signals) {
        this.rows = rows;
        this.signals = signals;
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
        model.addAttribute("delivery", "page-" + UUID.randomUUID());
        return "report-leak";
    }

    /** @param delivery made with the page, so that sending it twice reports once */
    @PostMapping
    String report(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String confidence,
            @RequestParam(required = false) @Nullable String exposure,
            @RequestParam(required = false) @Nullable String location,
            @RequestParam(required = false) @Nullable String delivery,
            @RequestParam(required = false) @Nullable String note,
            Principal user) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        Incident incident = signals.report(new LeakReport(
                Signal.Source.HUMAN,
                Inputs.id("delivery", delivery),
                Inputs.choice("kind", kind, Signal.Kind.LEAK, Signal.Kind.values()),
                Inputs.choice("confidence", confidence, Signal.Confidence.CONFIRMED, Signal.Confidence.values()),
                Inputs.choice("exposure", exposure, Signal.Exposure.UNKNOWN, Signal.Exposure.values()),
                Inputs.location(location),
                name,
                null,
                user.getName(),
                Inputs.note(note)));
        return "redirect:/incidents/" + incident.label();
    }
}
