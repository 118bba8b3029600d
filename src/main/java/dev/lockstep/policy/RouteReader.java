package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads documents of the kind {@code Channel}. */
final class RouteReader {

    /** The type that says nothing to people. */
    private static final String FOR_CONSUMERS = "kubernetes";

    private final EndpointReader endpoints;

    RouteReader(EndpointReader endpoints) {
        this.endpoints = endpoints;
    }

    /** The channel with what it takes; empty when anything about it was refused. */
    Optional<Route> read(Documents.Document document, Problems problems) {
        Fields fields = new Fields(document.node(), problems);
        int before = problems.reported();
        Optional<Endpoint> read = endpoints.read(document, problems);
        whom(fields, problems);
        return read.filter(endpoint -> problems.reported() == before)
                .map(endpoint -> new Route(
                        endpoint,
                        Set.copyOf(fields.texts(List.of(), "groups")),
                        fields.text("severity").orElse(Notice.SEVERITIES.get(0)),
                        fields.text("consumer").orElse(null)));
    }

    private static void whom(Fields fields, Problems problems) {
        if (fields.at("consumer").isPresent()) {
            for (String field : List.of("groups", "severity")) {
                fields.at(field)
                        .ifPresent(node -> problems.add(
                                node.place(),
                                field,
                                "is for people, and this channel is for a consumer",
                                "leave " + field + " or consumer out"));
            }
        } else if (fields.text("type").filter(FOR_CONSUMERS::equals).isPresent()) {
            problems.add(
                    fields.document().key(),
                    "consumer",
                    "is missing",
                    "name the consumer whose pods are restarted; people are not told by this type");
        }
    }
}
