package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SignalSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads documents of the kind {@code SignalSource}. */
final class SignalSourceReader {

    private static final String ANY = "*";

    private final EndpointReader endpoints;
    private final Set<String> credentials;

    /** @param credentials the names of all credentials, also of refused ones */
    SignalSourceReader(EndpointReader endpoints, Set<String> credentials) {
        this.endpoints = endpoints;
        this.credentials = credentials;
    }

    /** The source; empty when anything about it was refused. */
    Optional<SignalSource> read(Documents.Document document, Problems problems) {
        int before = problems.reported();
        List<SignalSource.About> about = new ArrayList<>();
        document.node()
                .at("about")
                .map(Node::children)
                .orElse(List.of())
                .forEach(rule -> about.add(rule(rule, problems)));
        return endpoints
                .read(document, problems)
                .filter(endpoint -> problems.reported() == before)
                .map(endpoint -> new SignalSource(endpoint, about));
    }

    private SignalSource.About rule(Node rule, Problems problems) {
        List<CredentialName> names = new ArrayList<>();
        for (Node node : rule.at("credentials").map(Node::children).orElse(List.of())) {
            node.text().ifPresent(name -> known(name, node, problems).ifPresent(names::add));
        }
        return new SignalSource.About(
                rule.text("place").orElse(ANY), rule.text("type").orElse(ANY), names);
    }

    private Optional<CredentialName> known(String name, Node node, Problems problems) {
        if (!credentials.contains(name)) {
            problems.add(node, "there is no credential " + Echo.of(node), Suggestion.of(name, credentials));
            return Optional.empty();
        }
        try {
            return Optional.of(CredentialName.of(name));
        } catch (InvalidInput refusedThere) {
            return Optional.empty();
        }
    }
}
