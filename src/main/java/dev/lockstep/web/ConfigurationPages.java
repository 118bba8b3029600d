package dev.lockstep.web;

import dev.lockstep.port.Configurations;
import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Candidate;
import dev.lockstep.port.Configurations.Change;
import dev.lockstep.port.Configurations.Load;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.RefusedConfiguration;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of the configuration: what is in force and was before, and what a plan would change. */
@Controller
@Hidden
@RequestMapping("/configuration")
class ConfigurationPages {

    private static final int HISTORY = 50;
    private static final int CHANGES = 100;
    private static final int BRIEF = 12;

    private final Configurations configurations;
    private final Clock clock;

    ConfigurationPages(Configurations configurations, Clock clock) {
        this.configurations = configurations;
        this.clock = clock;
    }

    /** Something that was applied, on a page. */
    record Line(
            long id,
            String digest,
            @Nullable String plan,
            String origin,
            @Nullable String commit,
            String by,
            @Nullable Moment at,
            String summary,
            boolean settled,
            boolean inForce) {

        static Line of(Applied applied, Instant now) {
            return new Line(
                    applied.id(),
                    brief(applied.digest()),
                    applied.plan(),
                    applied.origin(),
                    applied.commit() == null ? null : brief(applied.commit()),
                    applied.by(),
                    Moment.of(applied.at(), now),
                    applied.summary().toString(),
                    applied.settledAt() != null,
                    applied.inForce());
        }
    }

    /** A change on a page. */
    record ChangeLine(
            String action,
            String kind,
            String name,
            @Nullable String link,
            List<Configurations.Field> fields,
            @Nullable Moment before,
            @Nullable Moment after,
            boolean moved,
            @Nullable String note) {

        static ChangeLine of(Change change, Instant now) {
            boolean known = change.kind().equals("credential") && change.action() != Configurations.Action.CREATE;
            return new ChangeLine(
                    Labels.text(change.action()),
                    change.kind(),
                    change.name(),
                    known ? "/credentials/" + change.name() : null,
                    change.fields(),
                    Moment.of(change.dueBefore(), now),
                    Moment.of(change.dueAfter(), now),
                    change.action() == Configurations.Action.RESCHEDULE,
                    change.note());
        }
    }

    private static String brief(String digest) {
        return digest.substring(0, Math.min(BRIEF, digest.length()));
    }

    @GetMapping
    String show(Model model) {
        return show(model, List.of());
    }

    private String show(Model model, List<RefusedConfiguration.Flaw> refused) {
        Instant now = clock.instant();
        Configurations.State state = configurations.state();
        model.addAttribute("state", state);
        model.addAttribute("inForce", state.inForce() == null ? null : Line.of(state.inForce(), now));
        model.addAttribute("since", Moment.of(state.since(), now));
        model.addAttribute("commit", state.commit() == null ? null : brief(state.commit()));
        model.addAttribute("flaws", refused.isEmpty() ? state.problems() : refused);
        model.addAttribute(
                "history",
                configurations.history(HISTORY).stream()
                        .map(applied -> Line.of(applied, now))
                        .toList());
        return "configuration";
    }

    /** Looks at the files of this node now, without waiting for the next look. */
    @PostMapping("/plan")
    String plan(Principal user, Model model) {
        try {
            return "redirect:/configuration/plans/"
                    + configurations.plan(Candidate.DIRECTORY, user.getName()).id();
        } catch (RefusedConfiguration refused) {
            return show(model, refused.flaws());
        }
    }

    @GetMapping("/plans/{id}")
    String plan(@PathVariable String id, @RequestParam(defaultValue = "0") int page, Model model) {
        Instant now = clock.instant();
        Plan plan = known(id);
        model.addAttribute("plan", plan);
        model.addAttribute("status", Labels.text(plan.status()));
        model.addAttribute("planned", Moment.of(plan.plannedAt(), now));
        model.addAttribute("commit", plan.commit() == null ? null : brief(plan.commit()));
        model.addAttribute("changes", Page.of(plan.changes(), page, CHANGES).map(change -> ChangeLine.of(change, now)));
        model.addAttribute("load", plan.load().stream().map(Curve::of).toList());
        return "plan";
    }

    /** The load of a target as the points of two lines in a box of 90 by 30. */
    record Curve(String target, int peakBefore, int peakAfter, String before, String after) {

        private static final int HEIGHT = 30;

        static Curve of(Load load) {
            int most = Math.max(1, Math.max(load.peakBefore(), load.peakAfter()));
            return new Curve(
                    load.target(),
                    load.peakBefore(),
                    load.peakAfter(),
                    points(load.before(), most),
                    points(load.after(), most));
        }

        private static String points(List<Integer> days, int most) {
            StringBuilder points = new StringBuilder();
            for (int day = 0; day < days.size(); day++) {
                points.append(day)
                        .append(',')
                        .append(HEIGHT - days.get(day) * HEIGHT / most)
                        .append(' ');
            }
            return points.toString().strip();
        }
    }

    @PostMapping("/plans/{id}/apply")
    String apply(@PathVariable String id, Principal user) {
        configurations.apply(known(id), user.getName());
        return "redirect:/configuration";
    }

    private Plan known(String id) {
        return configurations
                .find(Inputs.plan(id))
                .orElseThrow(() -> new NotFound("there is no plan " + id + " any more; plan again"));
    }
}
