package dev.lockstep.policy;

import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads documents of the kind {@code Channel}. */
final class RouteReader {

    private final EndpointReader endpoints;

    RouteReader(EndpointReader endpoints) {
        this.endpoints = endpoints;
    }

    /** The channel with what it takes; empty when anything about it was refused. */
    Optional<Route> read(Documents.Document document, Problems problems) {
        Fields fields = new Fields(document.node(), problems);
        return endpoints
                .read(document, problems)
                .map(endpoint -> new Route(
                        endpoint,
                        Set.copyOf(fields.texts(List.of(), "groups")),
                        fields.text("severity").orElse(Notice.SEVERITIES.get(0))));
    }
}
