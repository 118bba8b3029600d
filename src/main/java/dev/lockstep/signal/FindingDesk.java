package dev.lockstep.signal;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out whether a finding concerns credentials of ours, and reports it to the emergency process if so. */
@Component
class FindingDesk {

    private static final int LONGEST_TYPE = 100;

    private final Fingerprints fingerprints;
    private final Versions versions;
    private final Inventory inventory;
    private final Catalog catalog;
    private final Emergencies emergencies;
    private final Clock clock;

    FindingDesk(
            Fingerprints fingerprints,
            Versions versions,
            Inventory inventory,
            Catalog catalog,
            Emergencies emergencies,
            Clock clock) {
        this.fingerprints = fingerprints;
        this.versions = versions;
        this.inventory = inventory;
        this.catalog = catalog;
        this.emergencies = emergencies;
        this.clock = clock;
    }

    /** What became of a finding. */
    enum Fate {
        /** It concerns credentials of ours, and their emergency has begun. */
        MATCHED,
        /** It concerns nothing that Lockstep manages. */
        UNKNOWN,
        /** Only a person can find out what it concerns, and is asked to. */
        REVIEW
    }

    /**
     * Who has found it.
     *
     * @param sender what sort of source it is
     * @param source the source, with the rules for findings without a value
     * @param delivery the same whenever the same finding is sent again
     */
    record Origin(Signal.Source sender, SignalSource source, String delivery) {}

    /** May be repeated: the same finding of the same delivery is the same signal. */
    Fate take(LeakFinding finding, Origin origin) {
        @Nullable SecretValue value = finding.value();
        if (value != null) {
            Optional<String> fingerprint = ours(value);
            fingerprint.ifPresent(known -> report(finding, origin, null, known));
            return fingerprint.isPresent() ? Fate.MATCHED : Fate.UNKNOWN;
        }
        Set<CredentialName> meant = meant(finding, origin.source());
        meant.forEach(credential -> report(finding, origin, credential, null));
        if (!meant.isEmpty()) {
            return Fate.MATCHED;
        }
        boolean told = !finding.accounts().isEmpty() || !finding.credentials().isEmpty();
        if (told || Location.orNone(finding.link(), null) == null) {
            return Fate.UNKNOWN;
        }
        report(finding, origin, null, null);
        return Fate.REVIEW;
    }

    /**
     * The fingerprint of a value that a credential of ours has or had; empty for any other. An address with a login is
     * looked at for the password in it as well.
     */
    Optional<String> ours(SecretValue value) {
        return ours(value, new HashMap<>());
    }

    /** @param looked what is known already of fingerprints, and what is found out now */
    Optional<String> ours(SecretValue value, Map<String, Boolean> looked) {
        Optional<String> whole = known(value, looked);
        if (whole.isPresent()) {
            return whole;
        }
        Optional<SecretValue> password = Passwords.within(value);
        if (password.isEmpty()) {
            return Optional.empty();
        }
        try (SecretValue part = password.get()) {
            return known(part, looked);
        }
    }

    private Optional<String> known(SecretValue value, Map<String, Boolean> looked) {
        String fingerprint = fingerprints.of(value);
        boolean ours = looked.computeIfAbsent(
                fingerprint, unknown -> !versions.withFingerprint(unknown).isEmpty());
        return ours ? Optional.of(fingerprint) : Optional.empty();
    }

    /** The credentials that have or had the value. */
    List<CredentialName> owners(String fingerprint) {
        return versions.withFingerprint(fingerprint).stream()
                .map(version -> version.ref().credential())
                .distinct()
                .toList();
    }

    private Set<CredentialName> meant(LeakFinding finding, SignalSource source) {
        Set<CredentialName> meant = new LinkedHashSet<>();
        finding.credentials().stream()
                .flatMap(text -> CredentialName.find(text).stream())
                .forEach(meant::add);
        if (!finding.accounts().isEmpty()) {
            catalog.credentials().stream()
                    .filter(credential -> finding.accounts().stream().anyMatch(credential.principals()::contains))
                    .map(Credential::name)
                    .forEach(meant::add);
        }
        meant.addAll(source.credentials(finding.place(), finding.type()));
        meant.removeIf(credential -> inventory.find(credential).isEmpty());
        return meant;
    }

    private void report(
            LeakFinding finding, Origin origin, @Nullable CredentialName credential, @Nullable String fingerprint) {
        String subject = credential == null ? String.valueOf(fingerprint) : credential.value();
        emergencies.report(new Signal(
                origin.sender(),
                origin.source().name() + ':' + Digests.sha256(origin.delivery() + '\n' + subject),
                finding.kind(),
                finding.confidence(),
                finding.exposure(),
                Location.orNone(finding.link(), finding.value()),
                credential,
                fingerprint,
                "source " + origin.source().name(),
                note(finding),
                clock.instant()));
    }

    /** What the sender writes is shown to people, so nothing but plain characters of it is. */
    private static String note(LeakFinding finding) {
        String type = finding.type().replaceAll("[^A-Za-z0-9_.:/ -]", "?");
        String shown = type.length() > LONGEST_TYPE ? type.substring(0, LONGEST_TYPE) : type;
        return shown.isBlank() || Location.holds(shown, finding.value()) ? "found" : "found as " + shown;
    }
}
