package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words and order of what verification finds. */
final class Findings {

    private Findings() {}

    /** One exact position. */
    static Finding at(Problem problem, long position, @Nullable Long event, String explanation) {
        return new Finding(problem, position, position, event, explanation);
    }

    /** An event that has no position. */
    static Finding ofEvent(Problem problem, long event, String explanation) {
        return new Finding(problem, null, null, event, explanation);
    }

    /** The one whose range ends first; the first argument when they end together. */
    static Optional<Finding> earlier(Optional<Finding> one, Optional<Finding> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return end(other.get()) < end(one.get()) ? other : one;
    }

    private static long end(Finding finding) {
        Long through = finding.through();
        return through == null ? Long.MAX_VALUE : through;
    }
}
