package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SignalSources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.test.context.TestComponent;

/** Two sources whose secrets stand in their settings. */
@TestComponent
class PaperSources implements SignalSources {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final List<ReportAdapter> adapters;
    private final Map<String, SignalSource> sources = Map.of(
            "scanner",
            new SignalSource(new Endpoint("scanner", "standard-webhooks", Map.of("secret", SECRET)), List.of()),
            "github",
            new SignalSource(
                    new Endpoint("github", "github-alerts", Map.of("secret", SECRET)),
                    List.of(new SignalSource.About("acme/shop", "*", List.of(CredentialName.of(Samples.FREE))))));

    PaperSources(List<ReportAdapter> adapters) {
        this.adapters = adapters;
    }

    @Override
    public Optional<SignalSource> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    @Override
    public ReportReader reader(String name) {
        Endpoint endpoint = find(name).orElseThrow().endpoint();
        return adapters.stream()
                .filter(adapter -> adapter.type().equals(endpoint.type()))
                .findFirst()
                .orElseThrow()
                .open(endpoint);
    }
}
