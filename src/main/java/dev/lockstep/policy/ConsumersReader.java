package dev.lockstep.policy;

import dev.lockstep.domain.Consumer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the field {@code consumers} of a credential: names, or names with labels. */
final class ConsumersReader {

    private ConsumersReader() {}

    /** The consumers in the order of the file; a name that occurs twice is refused. */
    static List<Consumer> read(Fields credential) {
        Map<String, Consumer> found = new LinkedHashMap<>();
        for (Node node : credential.at("consumers").map(Node::children).orElse(List.of())) {
            Consumer consumer = consumer(node);
            if (found.putIfAbsent(consumer.name(), consumer) != null) {
                credential
                        .problems()
                        .add(node, Echo.of(node) + " is listed twice", "leave one of the two consumers out");
            }
        }
        return List.copyOf(found.values());
    }

    private static Consumer consumer(Node node) {
        Map<String, String> labels = node.at("labels").map(Settings::texts).orElse(Map.of());
        return new Consumer(node.text().or(() -> node.text("name")).orElse(""), labels);
    }
}
