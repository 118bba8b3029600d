package dev.lockstep.web;

import dev.lockstep.port.AccessReviews;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Shows who reads and approves what, and asks the owners whether that is right. */
@Controller
@Hidden
@RequestMapping("/access-reviews")
class AccessReviewPage {

    private final AccessReviews reviews;
    private final Clock clock;

    AccessReviewPage(AccessReviews reviews, Clock clock) {
        this.reviews = reviews;
        this.clock = clock;
    }

    /** An owner on the page. */
    record OwnerLine(String name, boolean asked, List<Line> lines) {}

    /** A credential on the page. */
    record Line(
            AccessReviews.Access access,
            List<ReaderLine> readers,
            @Nullable Moment rotated) {}

    /** A consumer on the page. */
    record ReaderLine(
            String name,
            @Nullable Integer version,
            @Nullable Moment seen) {}

    @GetMapping
    String show(Model model) {
        Instant now = clock.instant();
        List<String> asked = reviews.asked();
        List<OwnerLine> owners = reviews.evidence().stream()
                .map(evidence -> new OwnerLine(
                        evidence.owner(),
                        asked.contains(evidence.owner()),
                        evidence.credentials().stream()
                                .map(access -> line(access, now))
                                .toList()))
                .toList();
        model.addAttribute("owners", owners);
        model.addAttribute("free", owners.stream().anyMatch(owner -> !owner.asked()));
        model.addAttribute("now", Moments.absolute(now));
        return "access-reviews";
    }

    private static Line line(AccessReviews.Access access, Instant now) {
        return new Line(
                access,
                access.readers().stream()
                        .map(reader ->
                                new ReaderLine(reader.consumer(), reader.version(), Moment.of(reader.seenAt(), now)))
                        .toList(),
                Moment.of(access.lastRotatedAt(), now));
    }

    @PostMapping
    String begin(Principal user) {
        reviews.begin(user.getName());
        return "redirect:/access-reviews";
    }
}
