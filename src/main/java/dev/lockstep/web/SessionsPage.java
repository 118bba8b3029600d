package dev.lockstep.web;

import dev.lockstep.port.Sessions;
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

/** The page on which people see where they are logged in, and end what they do not know. */
@Controller
@Hidden
@RequestMapping("/sessions")
class SessionsPage {

    private final Sessions sessions;
    private final Clock clock;

    SessionsPage(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** One of them, with times in words. */
    record Line(
            String id,
            String address,
            String agent,
            @Nullable Moment started,
            @Nullable Moment seen,
            boolean present) {}

    @GetMapping
    String list(Principal user, Model model) {
        Instant now = clock.instant();
        List<Line> lines = sessions.of(user.getName()).stream()
                .map(session -> new Line(
                        session.id(),
                        session.address(),
                        session.agent(),
                        Moment.of(session.startedAt(), now),
                        Moment.of(session.seenAt(), now),
                        session.present()))
                .toList();
        model.addAttribute("sessions", lines);
        return "sessions";
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable String id, Principal user) {
        sessions.end(user.getName(), id);
        return "redirect:/sessions";
    }
}
