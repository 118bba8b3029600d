package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Versions;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page at {@code /}: what waits for a person, what is under way, and every credential. */
@Controller
@Hidden
class StatusPage {

    private static final int CREDENTIALS = 100;
    private static final int RUNNING = 25;

    private final CredentialRows rows;
    private final HumanTasks humanTasks;
    private final OperationViews views;
    private final Versions versions;
    private final Troubles troubles;
    private final Clock clock;

    StatusPage(
            CredentialRows rows,
            HumanTasks humanTasks,
            OperationViews views,
            Versions versions,
            Troubles troubles,
            Clock clock) {
        this.rows = rows;
        this.humanTasks = humanTasks;
        this.views = views;
        this.versions = versions;
        this.troubles = troubles;
        this.clock = clock;
    }

    /** The numbers at the top. */
    record Summary(int credentials, long overdue, int running, int waiting, long quarantined) {}

    @GetMapping("/")
    String show(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(required = false) @Nullable String refresh,
            Model model) {
        Instant now = clock.instant();
        CredentialQuery query = new CredentialQuery(null, null, null, state, q);
        CredentialOrder order = CredentialOrder.of(sort);
        List<Operation> active = views.active(CredentialRows.MOST);
        List<Escalations.Task> tasks = humanTasks.open();
        List<CredentialRow> all = rows.all(active, tasks);
        Page<CredentialRow> part = Page.of(query.apply(all, order), page, CREDENTIALS);
        model.addAttribute("summary", summary(all, active, tasks));
        model.addAttribute(
                "tasks", tasks.stream().map(task -> TaskLine.of(task, now)).toList());
        troubles.show(model, now);
        model.addAttribute("running", running(active, tasks, now));
        model.addAttribute("credentials", part.map(this::line));
        model.addAttribute("q", query.q());
        model.addAttribute("state", query.state());
        model.addAttribute("order", order);
        model.addAttribute("refresh", "on".equals(refresh));
        model.addAttribute("now", Moments.absolute(now));
        return "status";
    }

    private static Summary summary(List<CredentialRow> all, List<Operation> active, List<Escalations.Task> tasks) {
        return new Summary(
                all.size(),
                all.stream().filter(CredentialRow::overdue).count(),
                active.size(),
                tasks.size(),
                active.stream()
                        .filter(operation -> operation.status() == OperationStatus.QUARANTINED)
                        .count());
    }

    private List<OperationLine> running(List<Operation> active, List<Escalations.Task> tasks, Instant now) {
        List<Operation> first = active.subList(0, Math.min(RUNNING, active.size()));
        List<OperationView> shown = views.all(first, tasks);
        List<OperationLine> lines = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            lines.add(OperationLine.of(first.get(i), shown.get(i), now));
        }
        return lines;
    }

    private CredentialLine line(CredentialRow row) {
        return CredentialLine.of(
                row,
                versions.current(row.name())
                        .map(Version::ref)
                        .map(ref -> ref.version())
                        .orElse(null));
    }
}
