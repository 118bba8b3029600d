package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.PermanentException;
import java.util.Map;
import java.util.Optional;

/** Reads documents of the kinds {@code Target}, {@code Store} and {@code Channel}. */
final class EndpointReader {

    private static final String SETTINGS = "settings.";

    private final Adapters<?> adapters;
    private final Schemas schemas;

    EndpointReader(Adapters<?> adapters, Schemas schemas) {
        this.adapters = adapters;
        this.schemas = schemas;
    }

    /** The endpoint; empty when anything about it was refused. */
    Optional<Endpoint> read(Documents.Document read, Problems problems) {
        int before = problems.reported();
        Node document = read.node();
        Optional<String> name = document.text("name");
        Optional<String> type = document.text("type").filter(known -> isKnown(document, known, problems));
        Node settings = document.at("settings")
                .orElseGet(() -> new Node.Mapping(document.place(), document.key(), "settings", Map.of()));
        Settings.check(settings, problems);
        type.map(known -> adapters.noun() + '-' + known)
                .filter(schemas::has)
                .ifPresent(schema -> schemas.check(schema, settings, problems));
        if (name.isEmpty() || type.isEmpty() || !read.sound() || problems.reported() > before) {
            return Optional.empty();
        }
        Endpoint endpoint = new Endpoint(name.get(), type.get(), Settings.texts(settings));
        return opens(endpoint, document, problems) ? Optional.of(endpoint) : Optional.empty();
    }

    private boolean isKnown(Node document, String type, Problems problems) {
        if (adapters.types().contains(type)) {
            return true;
        }
        Node node = document.at("type").orElseThrow();
        problems.add(
                node,
                Echo.of(node) + " is no type of " + adapters.noun() + " that Lockstep has",
                Suggestion.of(type, adapters.types()));
        return false;
    }

    /** Opening makes no connection, and adapters know more about their settings than a schema can say. */
    private boolean opens(Endpoint endpoint, Node document, Problems problems) {
        try {
            adapters.open(endpoint);
            return true;
        } catch (InvalidInput e) {
            String field = e.field().startsWith(SETTINGS) ? e.field().substring(SETTINGS.length()) : e.field();
            Node node = document.at("settings", field)
                    .or(() -> document.at("settings"))
                    .orElse(document);
            problems.add(node.place(), SETTINGS + field, String.valueOf(e.getMessage()), "correct this setting");
        } catch (PermanentException e) {
            problems.add(document, String.valueOf(e.getMessage()), "correct its settings");
        }
        return false;
    }
}
