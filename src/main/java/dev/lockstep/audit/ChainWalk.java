package dev.lockstep.audit;

import dev.lockstep.audit.Chain.Link;
import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the chain from the first entry that is not archived, a page at a time, and stops at the first entry that
 * is wrong.
 */
final class ChainWalk {

    private static final int PAGE = 1000;

    private final Chain chain;
    private final Head base;

    /** @param base the last entry that was archived */
    ChainWalk(Chain chain, Head base) {
        this.chain = chain;
        this.base = base;
    }

    /** @param end the last position to look at; entries sealed meanwhile are left for the next time */
    Optional<Finding> firstBad(long end) {
        Head before = base;
        Head last = base;
        Long lastEvent = null;
        List<Link> page = chain.page(base.position() == 0 ? Long.MIN_VALUE : base.position(), PAGE);
        while (!page.isEmpty()) {
            for (Link link : page) {
                if (link.position() > end) {
                    return Optional.empty();
                }
                if (link.position() != last.position() + 1 || !link.fits(last)) {
                    return Optional.of(explain(before, last, lastEvent, link));
                }
                before = last;
                last = new Head(link.position(), link.hash());
                lastEvent = link.eventId();
            }
            page = chain.page(last.position(), PAGE);
        }
        return Optional.empty();
    }

    private Finding explain(Head before, Head last, @Nullable Long lastEvent, Link link) {
        long expected = last.position() + 1;
        if (link.position() < expected) {
            return Findings.at(
                    Problem.INSERTED, link.position(), link.eventId(), "positions start at 1: this entry was inserted");
        }
        if (link.position() > expected) {
            return missing(expected);
        }
        if (link.event() == null) {
            return Findings.at(
                    Problem.DELETED, expected, link.eventId(), "the event was deleted and only its seal is left");
        }
        return new Diagnosis(before, last, lastEvent, link, chain.page(expected, PAGE)).finding();
    }

    private Finding missing(long position) {
        return chain.eventWithoutSeal()
                .map(event -> Findings.at(
                        Problem.WITHOUT_SEAL,
                        position,
                        event,
                        "the seal at this position was deleted; the event is left"))
                .orElseGet(() -> Findings.at(
                        Problem.DELETED,
                        position,
                        null,
                        "the seal at this position was deleted together with its event"));
    }
}
