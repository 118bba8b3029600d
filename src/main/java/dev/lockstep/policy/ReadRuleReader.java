package dev.lockstep.policy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Network;
import dev.lockstep.domain.Rate;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads documents of the kind {@code ReadRule}. */
final class ReadRuleReader {

    private ReadRuleReader() {}

    /** The rule; empty when anything about it was refused. */
    static Optional<ReadRule> read(Documents.Document document, Problems problems) {
        int before = problems.reported();
        Fields fields = new Fields(document.node(), problems);
        List<Network> networks = networks(fields);
        List<Window> windows = WindowReader.read(fields);
        Optional<String> name = fields.text("name");
        if (name.isEmpty() || !document.sound() || problems.reported() > before) {
            return Optional.empty();
        }
        return Optional.of(new ReadRule(
                name.get(),
                fields.texts(List.of("*"), "credentials"),
                networks,
                windows,
                fields.text("rate").flatMap(Rate::parse),
                isOn(fields, "unknown-consumer"),
                isOn(fields, "retired-version"),
                fields.text("confidence")
                        .map(word -> Signal.Confidence.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Signal.Confidence.POSSIBLE)));
    }

    private static boolean isOn(Fields fields, String field) {
        return fields.at(field).map(node -> node.json().asBoolean(true)).orElse(true);
    }

    private static List<Network> networks(Fields fields) {
        List<Network> networks = new ArrayList<>();
        for (Node node : fields.at("networks").map(Node::children).orElse(List.of())) {
            node.text().ifPresent(text -> {
                try {
                    Network.of(text).forEach(networks::add);
                } catch (InvalidInput refused) {
                    fields.problems()
                            .add(node, Echo.of(node) + " is no network", "write for example 10.0.0.0/8 or private");
                }
            });
        }
        return networks;
    }
}
