package dev.lockstep.audit;

import dev.lockstep.audit.Chain.Link;
import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened to the first entry that does not fit its hash, from what the entries around it would fit.
 *
 * @param before the entry before {@code last}
 * @param last the last entry that fits
 * @param lastEvent its event; null at the beginning of the chain
 * @param bad the entry that does not
 * @param following the entries behind it
 */
record Diagnosis(Head before, Head last, @Nullable Long lastEvent, Link bad, List<Link> following) {

    Finding finding() {
        if (fitsOneEarlier()) {
            return Findings.at(
                    Problem.INSERTED,
                    last.position(),
                    lastEvent,
                    "the entries from the next one on were sealed without this one: it was inserted with a hash of its own");
        }
        for (int i = 0; i < following.size(); i++) {
            if (following.get(i).event() != null && belongsHere(following.get(i))) {
                return displaced(i);
            }
        }
        return at(
                Problem.EDITED,
                "the event does not match its hash: it was edited, or the entry before it was taken out");
    }

    private boolean fitsOneEarlier() {
        return last.position() > 0 && bad.hash().equals(hash(before, event(bad)));
    }

    /** By its own hash when whole rows changed places, by the bad entry's when only the events did. */
    private boolean belongsHere(Link other) {
        String own = hash(last, event(other));
        return own.equals(other.hash())
                || own.equals(bad.hash())
                || hash(last, event(other).withId(bad.eventId())).equals(bad.hash());
    }

    private Finding displaced(int original) {
        Link other = following.get(original);
        return isShifted(original)
                ? at(Problem.INSERTED, "the entry was inserted before event " + other.eventId())
                : at(Problem.SWAPPED, "the event of position " + other.position() + " belongs here");
    }

    private Finding at(Problem problem, String explanation) {
        return Findings.at(problem, bad.position(), bad.eventId(), explanation);
    }

    /**
     * When two rows changed places, the rest fits behind the one that belongs here; behind an inserted one it does not.
     */
    private boolean isShifted(int original) {
        Link other = following.get(original);
        if (!other.hash().equals(hash(last, event(other)))) {
            return false;
        }
        Link next = original == 0 ? bad : following.get(0);
        return !next.fits(new Head(last.position() + 1, other.hash()));
    }

    private static String hash(Head behind, StoredEvent event) {
        return ChainHash.of(behind.hash(), behind.position() + 1, event);
    }

    private static StoredEvent event(Link link) {
        return Objects.requireNonNull(link.event());
    }
}
