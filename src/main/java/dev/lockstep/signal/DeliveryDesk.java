package dev.lockstep.signal;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportDesk;
import dev.lockstep.port.ReportReader.Delivery;
import dev.lockstep.port.SignalSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Takes deliveries: checked by the source's own rules, then finding by finding. Every value ends here. */
@Component
class DeliveryDesk implements ReportDesk {

    private final SignalSources sources;
    private final FindingDesk findings;
    private final SignalMetrics metrics;

    DeliveryDesk(SignalSources sources, FindingDesk findings, SignalMetrics metrics) {
        this.sources = sources;
        this.findings = findings;
        this.metrics = metrics;
    }

    @Override
    public List<Feedback> take(SignalSource source, Map<String, String> headers, byte[] body) {
        try {
            List<Feedback> feedback =
                    taken(source, sources.reader(source.name()).read(headers, body));
            metrics.delivered(source.name(), "accepted");
            return feedback;
        } catch (Untrusted refused) {
            metrics.delivered(source.name(), refused.isStale() ? "stale" : "forged");
            throw refused;
        } catch (InvalidInput malformed) {
            metrics.delivered(source.name(), "malformed");
            throw malformed;
        } catch (LockstepException failed) {
            metrics.delivered(source.name(), "failed");
            throw failed;
        }
    }

    private List<Feedback> taken(SignalSource source, Delivery delivery) {
        List<Feedback> feedback = new ArrayList<>();
        try {
            FindingDesk.Origin origin = new FindingDesk.Origin(delivery.sender(), source, delivery.id());
            for (LeakFinding finding : delivery.findings()) {
                FindingDesk.Fate fate = findings.take(finding, origin);
                metrics.found(source.name(), fate);
                // The sender asks for the digest of what it has itself.
                if (delivery.feedback()) {
                    Stream.ofNullable(finding.value())
                            .map(value -> new Feedback(
                                    value.expose(Digests::sha256), finding.type(), fate == FindingDesk.Fate.MATCHED))
                            .forEach(feedback::add);
                }
            }
        } finally {
            delivery.findings().forEach(LeakFinding::close);
        }
        return feedback;
    }
}
