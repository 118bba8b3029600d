package dev.lockstep.web;

import dev.lockstep.port.Escalations;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The list of incidents, and the page of each. */
@Controller
@Hidden
@RequestMapping("/incidents")
class IncidentPages {

    private static final int NEWEST = 100;

    private final IncidentViews views;
    private final HumanTasks humanTasks;
    private final Clock clock;

    IncidentPages(IncidentViews views, HumanTasks humanTasks, Clock clock) {
        this.views = views;
        this.humanTasks = humanTasks;
        this.clock = clock;
    }

    /** An incident in the list. */
    record Line(IncidentView view, @Nullable Moment opened) {}

    /** An entry of the timeline on the page. */
    record Entry(IncidentEvent event, @Nullable Moment at) {}

    /** A credential on the page. */
    record Part(
            IncidentView.AffectedView view,
            @Nullable Moment contained,
            @Nullable Moment dead,
            @Nullable Moment replaced) {

        static Part of(IncidentView.AffectedView view, Instant now) {
            return new Part(
                    view,
                    Moment.of(view.containedAt(), now),
                    Moment.of(view.provenDeadAt(), now),
                    Moment.of(view.replacedAt(), now));
        }
    }

    @GetMapping
    String list(Model model) {
        Instant now = clock.instant();
        model.addAttribute(
                "incidents",
                views.newest(NEWEST).stream()
                        .map(view -> new Line(view, Moment.of(view.openedAt(), now)))
                        .toList());
        return "incidents";
    }

    @GetMapping("/{id}")
    String show(@PathVariable String id, Model model) {
        Instant now = clock.instant();
        IncidentView view = views.one(views.known(Inputs.incident(id)));
        model.addAttribute("incident", view);
        model.addAttribute("opened", Moment.of(view.openedAt(), now));
        model.addAttribute("deadline", Moment.of(view.deadline(), now));
        model.addAttribute(
                "instance", view.processInstance() == null ? null : EngineLinks.instance(view.processInstance()));
        model.addAttribute("tasks", tasks(view, now));
        model.addAttribute(
                "parts",
                view.credentials().stream().map(part -> Part.of(part, now)).toList());
        model.addAttribute(
                "timeline",
                Objects.requireNonNull(view.timeline()).stream()
                        .map(event -> new Entry(event, Moment.of(event.at(), now)))
                        .toList());
        return "incident";
    }

    /** Those of the incident itself, and of the operations that deal with its credentials. */
    private List<TaskLine> tasks(IncidentView view, Instant now) {
        return humanTasks.open().stream()
                .filter(task -> belongs(task, view))
                .map(task -> TaskLine.of(task, now))
                .toList();
    }

    private static boolean belongs(Escalations.Task task, IncidentView view) {
        return task.credential().equals(view.id())
                || (task.operation() != null
                        && view.credentials().stream()
                                .anyMatch(affected -> ("op-" + task.operation()).equals(affected.operation())));
    }
}
