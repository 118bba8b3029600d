package dev.lockstep.policy;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.Strategy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the field {@code canary} of a policy. */
final class CanaryReader {

    private static final Duration SHORTEST_SOAK = Duration.ofSeconds(1);
    private static final Duration LONGEST_SOAK = Duration.ofDays(30);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private CanaryReader() {}

    /** What the document says; empty when it says nothing or anything about it was refused. */
    static Optional<Canary> read(Fields policy, Optional<Strategy> strategy, OutboundRules outbound) {
        Optional<Node> node = policy.at("canary");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        int before = policy.problems().reported();
        if (strategy.filter(Strategy.IN_PLACE::equals).isPresent()) {
            policy.problems()
                    .add(
                            node.get(),
                            "waves need two versions that are valid at once, and in-place has only one",
                            "use the strategy alternating or overlap, or leave canary out");
        }
        List<Canary.Wave> waves = waves(policy);
        Optional<Canary.Probe> health = policy.at("canary", "health").flatMap(probe -> probe(policy, probe, outbound));
        return policy.problems().reported() == before && !waves.isEmpty()
                ? Optional.of(new Canary(waves, health))
                : Optional.empty();
    }

    private static List<Canary.Wave> waves(Fields policy) {
        List<Canary.Wave> waves = new ArrayList<>();
        int reached = 0;
        for (Node node : policy.at("canary", "waves").map(Node::children).orElse(List.of())) {
            Optional<Duration> soak = node.at("soak").flatMap(at -> policy.duration(at, SHORTEST_SOAK, LONGEST_SOAK));
            Map<String, String> labels = node.at("labels").map(Settings::texts).orElse(Map.of());
            int percent = node.at("share").map(share -> share.json().asInt()).orElse(0);
            if (percent > 0 && percent <= reached) {
                policy.problems()
                        .add(
                                node.at("share").orElse(node),
                                "the share of " + percent + " % is reached already by a wave before",
                                "a share counts all consumers that have the new version after the wave: let it grow");
            }
            reached = Math.max(reached, percent);
            boolean chosen = labels.isEmpty() != (percent == 0);
            if (soak.isPresent() && chosen && percent >= 0 && percent <= 99) {
                waves.add(new Canary.Wave(percent, labels, soak.get()));
            }
        }
        return waves;
    }

    private static Optional<Canary.Probe> probe(Fields policy, Node node, OutboundRules outbound) {
        Optional<Node> page = node.at("http");
        Node address = page.or(() -> node.at("prometheus", "url")).orElse(node);
        String query = node.text("prometheus", "query").orElse("");
        return url(policy, address)
                .filter(url -> mayBeAsked(policy, address, url, outbound))
                .map(url -> new Canary.Probe(page.isPresent() ? Canary.Kind.HTTP : Canary.Kind.PROMETHEUS, url, query));
    }

    private static Optional<URI> url(Fields policy, Node node) {
        try {
            URI url = new URI(node.text().orElse(""));
            if (url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException malformed) {
            // Said below, like every other address that is none.
        }
        policy.problems()
                .add(
                        node,
                        Echo.of(node) + " is no address that can be asked",
                        "write http:// or https:// with a host, and no user or password");
        return Optional.empty();
    }

    /** A name is looked up when it is asked, and checked again then. */
    private static boolean mayBeAsked(Fields policy, Node node, URI url, OutboundRules outbound) {
        Optional<String> why = outbound.objectionToHost(url.getHost());
        why.ifPresent(words ->
                policy.problems().add(node, "its host " + words, "write the address of a page that Lockstep may ask"));
        return why.isEmpty();
    }
}
