package dev.lockstep.web;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Lifecycles;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows who reads a credential, and asks once more before its end is requested. */
@Controller
@Hidden
@RequestMapping("/credentials/{environment}/{team}/{system}/{what}/decommission")
class DecommissionPage {

    private final CredentialRows rows;
    private final Consumers consumers;
    private final Lifecycles lifecycles;

    DecommissionPage(CredentialRows rows, Consumers consumers, Lifecycles lifecycles) {
        this.rows = rows;
        this.consumers = consumers;
        this.lifecycles = lifecycles;
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
        model.addAttribute("active", row.active() == null ? null : row.active().label());
        model.addAttribute("quarantine", quarantine(row.credential()));
        model.addAttribute(
                "consumers",
                consumers.of(row.name()).stream()
                        .map(seen -> new CredentialPage.ConsumerLine(
                                seen.consumer(), seen.version(), Moment.of(seen.at(), row.now())))
                        .toList());
        return "decommission";
    }

    private static String quarantine(@Nullable Credential credential) {
        Duration quarantine = credential == null
                ? Duration.ZERO
                : credential.policy().decommission().quarantine();
        return quarantine.isZero() ? "no time" : Moments.length(quarantine);
    }

    @PostMapping
    String decommission(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestParam(required = false) @Nullable String reason,
            Principal user) {
        CredentialRow row = rows.one(Inputs.name(environment, team, system, what));
        Operation operation = lifecycles.decommission(row.name(), user.getName(), Inputs.reason(reason));
        return OperationPages.leadTo(operation);
    }
}
