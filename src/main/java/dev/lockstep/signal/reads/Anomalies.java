package dev.lockstep.signal.reads;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.ReadRules;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Compares reads with the rules. Looks into the ledger only where something may be unusual: when a reader is not among
 * the configured consumers, or a version is older than one that was read before. For one thread.
 */
final class Anomalies {

    private static final int MOST = 50_000;
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final Set<Stage> OUT_OF_USE = Set.of(Stage.RETIRED, Stage.REVOKED, Stage.DISCARDED);

    private record Answer(boolean unusual, Instant at) {}

    private final ReadRules rules;
    private final Catalog catalog;
    private final Consumers consumers;
    private final Versions versions;
    private final Volume volume = new Volume();
    private final Map<CredentialName, Integer> newest = new Recent<>(MOST);
    private final Map<Object, Answer> answers = new Recent<>(MOST);

    Anomalies(ReadRules rules, Catalog catalog, Consumers consumers, Versions versions) {
        this.rules = rules;
        this.catalog = catalog;
        this.consumers = consumers;
        this.versions = versions;
    }

    /** What is unusual about a read; nothing for most of them. */
    List<Anomaly> of(Read read) {
        List<Anomaly> found = new ArrayList<>(1);
        int latest = newest.merge(read.credential(), read.version(), Math::max);
        for (ReadRule rule : rules.all()) {
            if (rule.covers(read.credential())) {
                check(rule, read, latest, found);
            }
        }
        return found;
    }

    private void check(ReadRule rule, Read read, int latest, List<Anomaly> found) {
        String who = read.identity();
        if (!rule.networks().isEmpty()
                && rule.networks().stream().noneMatch(network -> network.contains(read.address()))) {
            found.add(new Anomaly(
                    rule,
                    Anomaly.Sort.NETWORK,
                    read,
                    who + " reads from " + read.address().getHostAddress() + ", outside of the usual networks"));
        }
        if (!rule.usual(read.at())) {
            found.add(new Anomaly(rule, Anomaly.Sort.HOUR, read, who + " reads at an unusual hour"));
        }
        if (rule.rate().isPresent() && volume.passes(rule.name(), rule.rate().get(), read)) {
            found.add(new Anomaly(
                    rule,
                    Anomaly.Sort.VOLUME,
                    read,
                    who + " reads more often than " + rule.rate().get()));
        }
        if (rule.retired() && read.version() < latest && isOutOfUse(read)) {
            found.add(new Anomaly(
                    rule,
                    Anomaly.Sort.VERSION,
                    read,
                    who + " reads version " + read.version() + ", which is out of use"));
        }
        if (rule.strangers() && isStranger(read)) {
            found.add(new Anomaly(rule, Anomaly.Sort.CONSUMER, read, who + " reads and is none of the consumers"));
        }
    }

    private boolean isOutOfUse(Read read) {
        SecretRef ref = new SecretRef(read.credential(), read.version());
        return remembered(
                ref,
                read.at(),
                () -> versions.find(ref)
                        .map(version -> OUT_OF_USE.contains(version.stage()))
                        .orElse(false));
    }

    /** Where nobody has named a consumer, everybody may be one. */
    private boolean isStranger(Read read) {
        List<Consumer> configured = catalog.credential(read.credential())
                .map(credential -> credential.consumers())
                .orElse(List.of());
        boolean known = configured.isEmpty()
                || configured.stream().anyMatch(consumer -> consumer.name().equals(read.identity()));
        return !known
                && remembered(
                        List.of(read.credential(), read.identity()),
                        read.at(),
                        () -> consumers.of(read.credential()).stream()
                                .noneMatch(each -> each.consumer().equals(read.identity())));
    }

    private boolean remembered(Object question, Instant at, BooleanSupplier lookUp) {
        Answer known = answers.get(question);
        if (known == null || !at.isBefore(known.at().plus(GOOD_FOR))) {
            known = new Answer(lookUp.getAsBoolean(), at);
            answers.put(question, known);
        }
        return known.unusual();
    }
}
