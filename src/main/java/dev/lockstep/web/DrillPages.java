package dev.lockstep.web;

import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The list of drills, and the report of each. */
@Controller
@Hidden
@RequestMapping("/drills")
class DrillPages {

    private static final int NEWEST = 100;

    private final Drills drills;
    private final Sight sight;
    private final Rehearsals rehearsals;
    private final HumanTasks humanTasks;
    private final Clock clock;

    DrillPages(Drills drills, Sight sight, Rehearsals rehearsals, HumanTasks humanTasks, Clock clock) {
        this.sight = sight;
        this.drills = drills;
        this.rehearsals = rehearsals;
        this.humanTasks = humanTasks;
        this.clock = clock;
    }

    /** A drill in the list. */
    record Line(DrillView view, @Nullable Moment begun) {
        static Line of(Drill drill, Instant now) {
            return new Line(DrillView.of(drill), Moment.of(drill.begunAt(), now));
        }
    }

    /** An entry of the timeline of a report. */
    record Entry(DrillView.DrillEvent event, @Nullable Moment at) {}

    @GetMapping
    String list(Model model) {
        Reach reach = sight.reading();
        Instant now = clock.instant();
        model.addAttribute(
                "sandboxes", rehearsals.sandboxes().stream().filter(reach::sees).toList());
        model.addAttribute(
                "drills",
                drills.newest(NEWEST).stream()
                        .filter(drill -> reach.sees(drill.credential()))
                        .map(drill -> Line.of(drill, now))
                        .toList());
        return "drills";
    }

    @GetMapping("/{id}")
    String report(@PathVariable String id, Model model) {
        Instant now = clock.instant();
        DrillView view = DrillView.of(known(id));
        model.addAttribute("drill", view);
        model.addAttribute(
                "timeline",
                view.timeline().stream()
                        .map(event -> new Entry(event, Moment.of(event.at(), now)))
                        .toList());
        model.addAttribute(
                "tasks",
                humanTasks.open().stream()
                        .filter(task -> task.credential().equals(view.id()))
                        .map(task -> TaskLine.of(task, now))
                        .toList());
        return "drill";
    }

    @PostMapping("/{id}/cancel")
    String cancel(@PathVariable String id, Principal user) {
        Drill drill = known(id);
        rehearsals.cancel(drill.id(), user.getName());
        return "redirect:/drills/" + drill.label();
    }

    private Drill known(String id) {
        return drills.find(Inputs.drill(id)).orElseThrow(() -> new NotFound("There is no drill " + id + "."));
    }
}
