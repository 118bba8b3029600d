package dev.lockstep.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When nothing is rotated, whatever the windows say; kept in order, so that looking one up takes no time. */
public final class Blackouts {

    /** There are none. */
    public static final Blackouts NONE = new Blackouts(List.of());

    /**
     * One of them.
     *
     * @param span when it is
     * @param reason what people are told
     */
    public record Blackout(Span span, String reason) {}

    private final Blackout[] merged;
    private final Instant[] begins;
    private final String digest;

    /** Some that may overlap; those that do become one, with the reason of the earlier. */
    public Blackouts(Collection<Blackout> some) {
        List<Blackout> ordered = new ArrayList<>();
        some.stream()
                .sorted(Comparator.comparing((Blackout one) -> one.span().from())
                        .thenComparing(one -> one.span().to(), Comparator.reverseOrder()))
                .forEach(next -> add(ordered, next));
        this.merged = ordered.toArray(Blackout[]::new);
        this.begins = ordered.stream().map(one -> one.span().from()).toArray(Instant[]::new);
        this.digest = Digests.sha256(ordered.toString());
    }

    private static void add(List<Blackout> ordered, Blackout next) {
        Blackout before = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
        if (before == null || next.span().from().isAfter(before.span().to())) {
            ordered.add(next);
        } else if (next.span().to().isAfter(before.span().to())) {
            ordered.set(
                    ordered.size() - 1,
                    new Blackout(new Span(before.span().from(), next.span().to()), before.reason()));
        }
    }

    /** The one that the moment lies in. */
    public Optional<Blackout> at(Instant moment) {
        return before(moment).filter(one -> one.span().contains(moment));
    }

    /** The last one that begins at the moment or before it. */
    public Optional<Blackout> before(Instant moment) {
        int found = Arrays.binarySearch(begins, moment);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? Optional.empty() : Optional.of(merged[index]);
    }

    /** The first one that begins after the moment. */
    public Optional<Blackout> after(Instant moment) {
        int found = Arrays.binarySearch(begins, moment);
        int index = found >= 0 ? found + 1 : -found - 1;
        return index == merged.length ? Optional.empty() : Optional.of(merged[index]);
    }

    /** All of them in order, none overlapping. */
    public List<Blackout> all() {
        return List.of(merged);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blackouts blackouts && digest.equals(blackouts.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return merged.length + " blackouts";
    }
}
