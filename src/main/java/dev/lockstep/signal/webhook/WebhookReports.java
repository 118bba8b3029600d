package dev.lockstep.signal.webhook;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.ReportReader;
import java.util.function.Function;

/** Opens sources of one type; their settings are described in {@code signal-source-<type>.json}. */
public record WebhookReports(String type, Function<Endpoint, ReportReader> opener) implements ReportAdapter {

    @Override
    public ReportReader open(Endpoint endpoint) {
        return opener.apply(endpoint);
    }
}
