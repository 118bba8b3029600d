package dev.lockstep.signal;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.ScanReports;
import dev.lockstep.signal.scan.ScanFinding;
import dev.lockstep.signal.scan.ScanFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads reports of scanners to their end, and then reports each value of ours once. */
@Component
class ScanDesk implements ScanReports {

    private final FindingDesk findings;
    private final Emergencies emergencies;
    private final SignalMetrics metrics;
    private final Clock clock;

    ScanDesk(FindingDesk findings, Emergencies emergencies, SignalMetrics metrics, Clock clock) {
        this.findings = findings;
        this.emergencies = emergencies;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public List<String> formats() {
        return ScanFormat.labels();
    }

    @Override
    public Result take(String format, Signal.Exposure exposure, String by, InputStream report) throws IOException {
        DigestInputStream whole = new DigestInputStream(report, Digests.sha256());
        ScanTally tally = new ScanTally();
        ScanFormat.of(format).read(whole, finding -> tally.add(finding, known(finding, tally)));
        whole.transferTo(OutputStream.nullOutputStream());
        String digest = Digests.hex(whole.getMessageDigest().digest());
        metrics.found(format, FindingDesk.Fate.MATCHED, tally.matched());
        metrics.found(format, FindingDesk.Fate.UNKNOWN, tally.findings() - tally.matched());
        Map<String, String> incidents = new LinkedHashMap<>();
        tally.ours().forEach((fingerprint, first) -> {
            Signal signal = new Signal(
                    Signal.Source.SCANNER,
                    format + ':' + Digests.sha256(digest + '\n' + fingerprint),
                    Signal.Kind.LEAK,
                    Signal.Confidence.CONFIRMED,
                    exposure,
                    first.link(),
                    null,
                    fingerprint,
                    by,
                    "found by " + format + " as " + first.rule() + " in " + first.place(),
                    clock.instant());
            Incident incident = emergencies.report(signal);
            incidents.put(fingerprint, incident.label());
        });
        return tally.result(incidents);
    }

    /** The fingerprint of a value of ours among what was found; the same value is looked up once in a while only. */
    private Optional<String> known(ScanFinding finding, ScanTally tally) {
        for (SecretValue value : finding.values()) {
            Optional<String> ours = findings.ours(value, tally.looked());
            if (ours.isPresent()) {
                tally.owners(ours.get(), () -> owners(ours.get()));
                return ours;
            }
        }
        return Optional.empty();
    }

    private Set<CredentialName> owners(String fingerprint) {
        return new LinkedHashSet<>(findings.owners(fingerprint));
    }
}
