package dev.lockstep.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the settings of an account against what its target's type says about them, where it says something. */
final class AccountSettingsCheck {

    private final Schemas schemas;
    private final Map<String, String> types;

    /** @param targets the documents that describe the targets */
    AccountSettingsCheck(Schemas schemas, List<Documents.Document> targets) {
        this.schemas = schemas;
        this.types = targets.stream()
                .map(Documents.Document::node)
                .filter(node ->
                        node.text("name").isPresent() && node.text("type").isPresent())
                .collect(Collectors.toMap(
                        node -> node.text("name").orElseThrow(),
                        node -> node.text("type").orElseThrow(),
                        (a, b) -> a));
    }

    void check(Optional<String> target, Node settings, Problems problems) {
        Settings.check(settings, problems);
        target.map(types::get)
                .map(type -> "target-" + type + Schemas.ACCOUNT)
                .filter(schemas::has)
                .ifPresent(schema -> schemas.check(schema, settings, problems));
    }
}
