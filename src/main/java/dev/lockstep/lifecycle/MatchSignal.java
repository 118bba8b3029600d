package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Finds out which credentials the signals of an incident are about, and what the triage has to know of them. */
@Component
public class MatchSignal {

    private static final String PRODUCTION = "prod";

    private final Incidents incidents;
    private final Versions versions;
    private final Catalog catalog;
    private final Liveness liveness;

    MatchSignal(Incidents incidents, Versions versions, Catalog catalog, Liveness liveness) {
        this.incidents = incidents;
        this.versions = versions;
        this.catalog = catalog;
        this.liveness = liveness;
    }

    /** May be repeated when further signals have come in. No signal is added until the caller's transaction ends. */
    public LeakFacts run(long incident) {
        incidents.lock(incident);
        List<Signal> signals = incidents.signals(incident);
        Map<CredentialName, Affected.Relation> matched = new TreeMap<>();
        signals.forEach(signal -> match(signal, matched));
        matched.forEach((credential, relation) -> incidents.involve(incident, credential, relation));
        List<Credential> managed = matched.keySet().stream()
                .flatMap(name -> catalog.credential(name).stream())
                .toList();
        return new LeakFacts(
                gravest(signals, Signal::confidence),
                gravest(signals, Signal::kind).kind(),
                gravest(signals, Signal::confidence).confidence(),
                gravest(signals, Signal::exposure).exposure(),
                found(matched.size(), managed.size(), signals),
                environment(managed),
                managed.stream().map(Credential::kind).findFirst().orElse(""),
                managed.stream().anyMatch(credential -> liveness.mayLive(credential, signals)),
                matched.keySet().stream().map(CredentialName::value).toList());
    }

    private static String found(int matched, int managed, List<Signal> signals) {
        if (managed > 0) {
            return "managed";
        }
        if (matched > 0) {
            return "unmanaged";
        }
        return signals.stream().anyMatch(Signal::isUnnamed) ? "unnamed" : "none";
    }

    private void match(Signal signal, Map<CredentialName, Affected.Relation> matched) {
        if (signal.credential() != null) {
            matched.put(signal.credential(), Affected.Relation.NAMED);
        }
        if (signal.fingerprint() != null) {
            for (Version version : versions.withFingerprint(signal.fingerprint())) {
                matched.putIfAbsent(version.ref().credential(), Affected.Relation.SAME_VALUE);
                versions.doubt(version.ref());
            }
        }
    }

    private static <E extends Enum<E>> Signal gravest(List<Signal> signals, Function<Signal, E> by) {
        return signals.stream().min(Comparator.comparing(by)).orElseThrow();
    }

    private static String environment(List<Credential> credentials) {
        Optional<String> production = credentials.stream()
                .map(credential -> credential.name().environment())
                .filter(PRODUCTION::equals)
                .findFirst();
        return production
                .or(() -> credentials.stream()
                        .map(credential -> credential.name().environment())
                        .findFirst())
                .orElse("");
    }
}
