package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A definition without the parts of which there may be several. */
record DefinitionRow(
        String credential,
        String owner,
        String kind,
        String target,
        String store,
        String policy,
        @Nullable String expires) {

    static DefinitionRow read(ResultSet row, int number) throws SQLException {
        return new DefinitionRow(
                row.getString("credential"),
                row.getString("owner"),
                row.getString("kind"),
                row.getString("target"),
                row.getString("store"),
                row.getString("policy"),
                row.getString("expires"));
    }

    Definition with(List<DefinitionItems.Item> items) {
        return new Definition(
                CredentialName.of(credential),
                owner,
                kind,
                target,
                store,
                inOrder(items, DefinitionItems.Kind.MIRROR),
                policy,
                inOrder(items, DefinitionItems.Kind.PRINCIPAL),
                byName(items, DefinitionItems.Kind.SETTING),
                inOrder(items, DefinitionItems.Kind.CONSUMER),
                byName(items, DefinitionItems.Kind.LABEL),
                Optional.ofNullable(expires).map(Expiry::of));
    }

    private static List<String> inOrder(List<DefinitionItems.Item> items, DefinitionItems.Kind kind) {
        return items.stream()
                .filter(item -> item.kind() == kind)
                .sorted(Comparator.comparing(item -> Integer.valueOf(item.name())))
                .map(DefinitionItems.Item::content)
                .toList();
    }

    private static Map<String, String> byName(List<DefinitionItems.Item> items, DefinitionItems.Kind kind) {
        return items.stream()
                .filter(item -> item.kind() == kind)
                .collect(Collectors.toMap(DefinitionItems.Item::name, DefinitionItems.Item::content));
    }
}
