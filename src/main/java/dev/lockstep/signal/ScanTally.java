package dev.lockstep.signal;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.ScanReports.Line;
import dev.lockstep.port.ScanReports.Result;
import dev.lockstep.signal.scan.ScanFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a report comes to; stays small however many findings there are. */
final class ScanTally {

    private static final int MOST_LINES = 1000;
    private static final int MOST_LOOKED = 10_000;
    private static final int LONGEST_NOTE = 300;

    private record Spot(String fingerprint, String rule, String place) {}

    /** Where a value of ours was found first. */
    record First(String rule, String place, @Nullable String link) {}

    private final Map<Spot, Long> spots = new LinkedHashMap<>();
    private final Map<Spot, Long> strangers = new LinkedHashMap<>();
    private final Map<String, First> ours = new LinkedHashMap<>();
    private final Map<String, Set<CredentialName>> owners = new LinkedHashMap<>();
    private final Map<String, Boolean> looked = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_LOOKED;
        }
    };
    private long findings;
    private long matched;
    private long listed;

    /** Whether a fingerprint is one of ours, for those that were asked for last. */
    Map<String, Boolean> looked() {
        return looked;
    }

    void owners(String fingerprint, Supplier<Set<CredentialName>> lookUp) {
        owners.computeIfAbsent(fingerprint, unknown -> lookUp.get());
    }

    void add(ScanFinding finding, Optional<String> fingerprint) {
        findings++;
        if (fingerprint.isPresent()) {
            matched++;
            ours.putIfAbsent(
                    fingerprint.get(),
                    new First(cut(finding.rule()), cut(finding.place()), Location.orNone(finding.link(), null)));
        }
        Map<Spot, Long> among = fingerprint.isPresent() ? spots : strangers;
        Spot spot = new Spot(fingerprint.orElse(""), finding.rule(), finding.place());
        if (among.containsKey(spot) || among.size() < MOST_LINES) {
            among.merge(spot, 1L, Long::sum);
            listed++;
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text;
    }

    long findings() {
        return findings;
    }

    long matched() {
        return matched;
    }

    /** The values of ours by their fingerprints. */
    Map<String, First> ours() {
        return ours;
    }

    /** @param incidents by fingerprint */
    Result result(Map<String, String> incidents) {
        List<Line> lines = new ArrayList<>();
        spots.forEach((spot, times) -> lines.add(new Line(
                spot.rule(),
                spot.place(),
                List.copyOf(owners.getOrDefault(spot.fingerprint(), Set.of())),
                incidents.get(spot.fingerprint()),
                times)));
        strangers.forEach((spot, times) -> lines.add(new Line(spot.rule(), spot.place(), List.of(), null, times)));
        return new Result(
                findings, matched, incidents.values().stream().distinct().toList(), lines, findings - listed);
    }
}
