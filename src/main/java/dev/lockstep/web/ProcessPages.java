package dev.lockstep.web;

import dev.lockstep.port.Processes;
import dev.lockstep.port.Rollouts;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The pages of the deployed processes, their versions and roll-outs. */
@Controller
@Hidden
@RequestMapping("/processes")
class ProcessPages {

    private final Processes processes;
    private final Rollouts rollouts;
    private final Clock clock;

    ProcessPages(Processes processes, Rollouts rollouts, Clock clock) {
        this.processes = processes;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    /** A version on a page. */
    record VersionLine(ProcessView view, @Nullable Moment deployed, String diagram) {}

    /** A roll-out on a page. */
    record RolloutLine(RolloutView view, @Nullable Moment opened, String runs, String formerRuns) {}

    @GetMapping
    String list(Model model) {
        Instant now = clock.instant();
        model.addAttribute(
                "processes",
                processes.newest().stream().map(version -> line(version, now)).toList());
        return "processes";
    }

    @GetMapping("/{process}")
    String show(@PathVariable String process, Model model) {
        Instant now = clock.instant();
        List<VersionLine> versions = processes.versions(process).stream()
                .map(version -> line(version, now))
                .toList();
        if (versions.isEmpty()) {
            throw new NotFound("There is no such process.");
        }
        model.addAttribute("process", versions.get(0).view());
        model.addAttribute("versions", versions);
        model.addAttribute(
                "rollouts",
                rollouts.of(process).stream()
                        .map(progress -> new RolloutLine(
                                RolloutView.of(progress),
                                Moment.of(progress.rollout().openedAt(), now),
                                progress.runs().fresh().toString(),
                                progress.runs().former().toString()))
                        .toList());
        return "process";
    }

    private static VersionLine line(Processes.Deployed version, Instant now) {
        return new VersionLine(
                ProcessView.of(version),
                Moment.of(version.deployedAt(), now),
                EngineLinks.definition(version.definition()));
    }
}
