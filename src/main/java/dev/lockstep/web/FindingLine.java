package dev.lockstep.web;

import dev.lockstep.domain.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A credential on the status page that is not as it should be although nothing is under way. */
record FindingLine(
        String credential,
        String code,
        String detail,
        @Nullable Moment since,
        @Nullable Moment checked) {

    static FindingLine of(Finding finding, Instant now) {
        return new FindingLine(
                finding.credential().value(),
                finding.code().anchor(),
                finding.detail(),
                Moment.of(finding.foundAt(), now),
                Moment.of(finding.checkedAt(), now));
    }
}
