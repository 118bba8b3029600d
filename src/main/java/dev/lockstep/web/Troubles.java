package dev.lockstep.web;

import dev.lockstep.domain.Reach;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.Sight;
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
    private static final int MOST_FINDINGS = 2000;

    private final Outbox outbox;
    private final Breakers breakers;
    private final Checks checks;
    private final Sightings sightings;
    private final Configurations configurations;
    private final Sight sight;

    Troubles(
            Outbox outbox,
            Breakers breakers,
            Checks checks,
            Sightings sightings,
            Configurations configurations,
            Sight sight) {
        this.sight = sight;
        this.outbox = outbox;
        this.breakers = breakers;
        this.checks = checks;
        this.sightings = sightings;
        this.configurations = configurations;
    }

    /** What belongs to no credential is for those who see everything. */
    void show(Model model, Instant now) {
        Reach reach = sight.reading();
        model.addAttribute(
                "findings",
                checks.findings(reach.whole() ? FINDINGS : MOST_FINDINGS).stream()
                        .filter(finding -> reach.sees(finding.credential()))
                        .limit(FINDINGS)
                        .map(finding -> FindingLine.of(finding, now))
                        .toList());
        if (reach.whole()) {
            around(model, now);
        } else {
            model.addAttribute("configurationErrors", 0);
            model.addAttribute("unheard", List.of());
            model.addAttribute("paused", List.of());
            model.addAttribute("unmanaged", 0L);
        }
    }

    private void around(Model model, Instant now) {
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
                "unmanaged",
                sightings.list().stream()
                        .filter(account -> account.ignoredAt() == null)
                        .count());
    }
}
