package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of definitions of which there may be several. */
final class DefinitionItems {

    /** The kinds of items. */
    enum Kind {
        MIRROR,
        PRINCIPAL,
        SETTING,
        CONSUMER,
        LABEL
    }

    /** @param name the place, counted from 0, of one that has no name of its own */
    record Item(String credential, Kind kind, String name, String content) {}

    private static final String ADD = """
            INSERT INTO credential_definition_item (credential, kind, name, content)
            VALUES (:credential, :kind, :name, :content)
            """;

    private static final String ALL = "SELECT credential, kind, name, content FROM credential_definition_item";

    private static final String OF = ALL + " WHERE credential = :credential";

    private static final String WITH_PRINCIPALS = """
            SELECT DISTINCT credential
              FROM credential_definition_item
             WHERE kind = 'PRINCIPAL'
               AND content IN (:principals)
             ORDER BY credential
            """;

    private final JdbcClient jdbc;

    DefinitionItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Definition definition) {
        add(definition.name(), Kind.MIRROR, definition.mirrors());
        add(definition.name(), Kind.PRINCIPAL, definition.principals());
        add(definition.name(), Kind.CONSUMER, definition.consumers());
        definition.settings().forEach((name, content) -> add(definition.name(), Kind.SETTING, name, content));
        definition.labels().forEach((name, content) -> add(definition.name(), Kind.LABEL, name, content));
    }

    private void add(CredentialName credential, Kind kind, List<String> contents) {
        for (int place = 0; place < contents.size(); place++) {
            add(credential, kind, Integer.toString(place), contents.get(place));
        }
    }

    private void add(CredentialName credential, Kind kind, String name, String content) {
        jdbc.sql(ADD)
                .param("credential", credential.value())
                .param("kind", kind.name())
                .param("name", name)
                .param("content", content)
                .update();
    }

    List<Item> of(CredentialName credential) {
        return jdbc.sql(OF)
                .param("credential", credential.value())
                .query(DefinitionItems::item)
                .list();
    }

    List<Item> all() {
        return jdbc.sql(ALL).query(DefinitionItems::item).list();
    }

    List<CredentialName> withPrincipals(Collection<String> principals) {
        return jdbc.sql(WITH_PRINCIPALS)
                .param("principals", principals)
                .query((row, number) -> CredentialName.of(row.getString("credential")))
                .list();
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getString("credential"),
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("content"));
    }
}
