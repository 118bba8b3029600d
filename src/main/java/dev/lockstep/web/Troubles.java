package dev.lockstep.web;

import dev.lockstep.port.Breakers;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What is wrong around the credentials rather than with one of them, for the status page. */
@Component
class Troubles {

    /** What was given up is shown for a week. */
    private static final Duration SHOWN = Duration.ofDays(7);

    private static final int NOTICES = 20;
    private static final int FINDINGS = 50;

    private final Outbox outbox;
    private final Breakers breakers;
    private final Checks checks;
    private final Sightings sightings;
    private final Configurations configurations;

    Troubles(Outbox outbox, Breakers breakers, Checks checks, Sightings sightings, Configurations configurations) {
        this.outbox = outbox;
        this.breakers = breakers;
        this.checks = checks;
        this.sightings = sightings;
        this.configurations = configurations;
    }

    void show(Model model, Instant now) {
        Configurations.State files = configurations.state();
        model.addAttribute("configurationErrors", files.problems().size());
        model.addAttribute("configurationPending", files.pending());
        List<UnheardNotice> notices = outbox.troubled(now.minus(SHOWN), NOTICES).stream()
                .map(trouble -> UnheardNotice.of(trouble, now))
                .toList();
        model.addAttribute("unheard", notices);
        model.addAttribute(
                "paused",
                breakers.paused().stream()
                        .map(target -> PausedLine.of(target, now))
                        .toList());
        model.addAttribute(
                "findings",
                checks.findings(FINDINGS).stream()
                        .map(finding -> FindingLine.of(finding, now))
                        .toList());
        model.addAttribute(
                "unmanaged",
                sightings.list().stream()
                        .filter(account -> account.ignoredAt() == null)
                        .count());
    }
}
