package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.port.Definitions;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Definitions in the ledger's database. */
final class JdbcDefinitions implements Definitions {

    private static final String ADD_CREDENTIAL = """
            INSERT INTO credential (name, status, target)
            VALUES (:credential, 'REQUESTED', :target)
            """;

    /** The name of a credential whose life is over may be used again; its record goes on. */
    private static final String BEGIN_AGAIN = """
            UPDATE credential
               SET status = 'REQUESTED', target = :target, next_rotation_at = NULL, expires_at = NULL
             WHERE name = :credential
               AND status = 'DECOMMISSIONED'
            """;

    private static final String FORGET_ITEMS = "DELETE FROM credential_definition_item WHERE credential = :credential";

    private static final String FORGET = "DELETE FROM credential_definition WHERE credential = :credential";

    private static final String ADD = """
            INSERT INTO credential_definition (credential, owner, kind, target, store, policy, expires)
            VALUES (:credential, :owner, :kind, :target, :store, :policy, :expires)
            """;

    private static final String LIVING = """
            SELECT d.credential, d.owner, d.kind, d.target, d.store, d.policy, d.expires
              FROM credential_definition d
              JOIN credential c ON c.name = d.credential
             WHERE c.status <> 'DECOMMISSIONED'
            """;

    private static final String FIND = LIVING + " AND d.credential = :credential";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final DefinitionItems items;

    JdbcDefinitions(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.items = new DefinitionItems(jdbc);
    }

    @Override
    public boolean add(Definition definition) {
        return transactions.joined(() -> {
            boolean free = begun(definition);
            if (free) {
                replace(definition);
            }
            return free;
        });
    }

    private boolean begun(Definition definition) {
        if (about(BEGIN_AGAIN, definition).param("target", definition.target()).update() == 1) {
            return true;
        }
        try {
            return transactions.nestedUntranslated(() -> about(ADD_CREDENTIAL, definition)
                            .param("target", definition.target())
                            .update()
                    == 1);
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private void replace(Definition definition) {
        about(FORGET_ITEMS, definition).update();
        about(FORGET, definition).update();
        about(ADD, definition)
                .param("owner", definition.owner())
                .param("kind", definition.kind())
                .param("target", definition.target())
                .param("store", definition.store())
                .param("policy", definition.policy())
                .param("expires", definition.expires().map(Expiry::toString).orElse(null))
                .update();
        items.add(definition);
    }

    private JdbcClient.StatementSpec about(String sql, Definition definition) {
        return jdbc.sql(sql).param("credential", definition.name().value());
    }

    @Override
    public Optional<Definition> find(CredentialName name) {
        return Transactions.statement(() -> jdbc.sql(FIND)
                .param("credential", name.value())
                .query(DefinitionRow::read)
                .optional()
                .map(row -> row.with(items.of(name))));
    }

    @Override
    public List<Definition> withPrincipals(Collection<String> principals) {
        return Transactions.statement(() -> items.withPrincipals(principals)).stream()
                .flatMap(name -> find(name).stream())
                .toList();
    }

    @Override
    public List<Definition> list() {
        return Transactions.statement(() -> {
            List<DefinitionRow> rows =
                    jdbc.sql(LIVING).query(DefinitionRow::read).list();
            if (rows.isEmpty()) {
                return List.of();
            }
            var byCredential = items.all().stream().collect(Collectors.groupingBy(DefinitionItems.Item::credential));
            return rows.stream()
                    .map(row -> row.with(byCredential.getOrDefault(row.credential(), List.of())))
                    .sorted(Comparator.comparing(Definition::name))
                    .toList();
        });
    }
}
