package dev.lockstep.web;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials are wanted; null leaves a field open.
 *
 * @param environment the first segment of the name
 * @param team the second segment of the name
 * @param status status in the inventory, for example {@code active}
 * @param state what a person has to know first, see {@link State}
 * @param q text in name, owner, target, strategy or policy
 */
record CredentialQuery(
        @Nullable String environment,
        @Nullable String team,
        @Nullable String status,
        @Nullable String state,
        @Nullable String q) {

    CredentialQuery {
        environment = Inputs.segment("environment", environment);
        team = Inputs.segment("team", team);
        status = status == null || status.isBlank() ? null : Labels.status(status);
        state = state == null || state.isBlank() ? null : State.of(state).label();
        q = Inputs.text("q", q);
    }

    List<CredentialRow> apply(List<CredentialRow> rows, CredentialOrder order) {
        return rows.stream().filter(this::matches).sorted(order.comparator()).toList();
    }

    private boolean matches(CredentialRow row) {
        return (environment == null || row.name().environment().equals(environment))
                && (team == null || row.name().team().equals(team))
                && (status == null || status.equals(Labels.of(row.status())))
                && (state == null || row.state().label().equals(state))
                && (q == null || contains(row, q.toLowerCase(Locale.ROOT)));
    }

    private static boolean contains(CredentialRow row, String text) {
        return Stream.of(row.name().value(), row.owner(), row.target(), row.strategy(), row.policy())
                .filter(Objects::nonNull)
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text));
    }
}
