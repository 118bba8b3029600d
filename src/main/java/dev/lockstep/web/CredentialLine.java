package dev.lockstep.web;

import dev.lockstep.domain.FailureCode;
import org.jspecify.annotations.Nullable;

/** A credential in the table of the status page. */
record CredentialLine(
        String name,
        @Nullable String owner,
        @Nullable String target,
        @Nullable String strategy,
        @Nullable Integer version,
        @Nullable Moment next,
        boolean overdue,
        @Nullable String outcome,
        @Nullable String failure,
        String state) {

    static CredentialLine of(CredentialRow row, @Nullable Integer version) {
        FailureCode failure = row.lastFailure();
        return new CredentialLine(
                row.name().value(),
                row.owner(),
                row.target(),
                row.strategy(),
                version,
                Moment.of(row.nextRotationAt(), row.now()),
                row.overdue(),
                Labels.of(row.lastOutcome()),
                failure == null ? null : failure.anchor(),
                row.state().label());
    }
}
