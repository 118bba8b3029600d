package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list of credentials. Whatever has no value comes last in both directions; equals are in the order of
 * their names.
 *
 * @param key what to sort by
 * @param descending whether the greatest comes first
 */
record CredentialOrder(String key, boolean descending) {

    private static final Map<String, Function<Boolean, Comparator<CredentialRow>>> KEYS = Map.of(
            "name", by(CredentialRow::name),
            "owner", by(CredentialRow::owner),
            "target", by(CredentialRow::target),
            "strategy", by(CredentialRow::strategy),
            "nextRotationAt", by(CredentialRow::nextRotationAt),
            "lastRotatedAt", by(CredentialRow::lastRotatedAt),
            "lastOutcome", by(row -> Labels.of(row.lastOutcome())),
            "status", by(row -> Labels.of(row.status())),
            "state", by(CredentialRow::state));

    CredentialOrder {
        if (!KEYS.containsKey(key)) {
            throw new InvalidInput(
                    "sort",
                    "sort is one of " + String.join(", ", new TreeSet<>(KEYS.keySet())) + ", or - and one of them");
        }
    }

    /** Reads {@code key} or, for the reverse order, {@code -key}; by name when nothing is given. */
    static CredentialOrder of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new CredentialOrder("name", false);
        }
        boolean descending = text.startsWith("-");
        return new CredentialOrder(descending ? text.substring(1) : text, descending);
    }

    Comparator<CredentialRow> comparator() {
        Function<Boolean, Comparator<CredentialRow>> order = KEYS.get(key);
        if (order == null) {
            throw new IllegalStateException("checked when it was made");
        }
        return order.apply(descending).thenComparing(CredentialRow::name);
    }

    private static <T extends Comparable<? super T>> Function<Boolean, Comparator<CredentialRow>> by(
            Function<CredentialRow, @Nullable T> field) {
        return descending -> Comparator.comparing(
                field, Comparator.nullsLast(descending ? Comparator.<T>reverseOrder() : Comparator.<T>naturalOrder()));
    }

    @Override
    public String toString() {
        return descending ? "-" + key : key;
    }
}
