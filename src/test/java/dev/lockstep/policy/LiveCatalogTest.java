package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.port.Definitions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCatalogTest {

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final CredentialName TESTER = CredentialName.of("dev/shop/postgres/tester");

    /** What somebody asked for. */
    private static final class Asked implements Definitions {

        private final List<Definition> definitions = new ArrayList<>();

        @Override
        public boolean add(Definition definition) {
            return definitions.add(definition);
        }

        @Override
        public Optional<Definition> find(CredentialName name) {
            return definitions.stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public List<Definition> withPrincipals(Collection<String> principals) {
            return definitions.stream()
                    .filter(each -> !Collections.disjoint(each.principals(), principals))
                    .toList();
        }

        @Override
        public List<Definition> list() {
            return definitions;
        }
    }

    private final Asked asked = new Asked();

    private static Definition definition(CredentialName name, String policy, String principal) {
        return new Definition(
                name,
                "shop-team",
                "database-user",
                "orders-db",
                "main",
                List.of(),
                policy,
                List.of(principal),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void addsWhatWasIssuedOnRequest(@TempDir Path root) {
        asked.add(definition(TESTER, "app-password", "tester"));
        LiveCatalog catalog = new LiveCatalog(Samples.all(new ConfigDir(root)).load(), () -> asked);

        assertThat(catalog.credential(TESTER)).hasValueSatisfying(issued -> {
            assertThat(issued.principals()).containsExactly("tester");
            assertThat(issued.policy().name()).isEqualTo("app-password");
        });
        assertThat(catalog.credentials()).extracting(Credential::name).containsExactly(TESTER, ORDERS);
        assertThat(catalog.configured(TESTER)).isFalse();
        assertThat(catalog.configured(ORDERS)).isTrue();
    }

    @Test
    void theConfigurationIsRightWhereBothKnowAName(@TempDir Path root) {
        asked.add(definition(ORDERS, "app-password", "another"));
        LiveCatalog catalog = new LiveCatalog(Samples.all(new ConfigDir(root)).load(), () -> asked);

        assertThat(catalog.credential(ORDERS).orElseThrow().principals()).containsExactly("orders_app");
        assertThat(catalog.credentials()).hasSize(1);
    }

    @Test
    void leavesOutWhatNoPolicyFitsAnyMore(@TempDir Path root) {
        asked.add(definition(TESTER, "gone", "tester"));
        asked.add(definition(CredentialName.of("dev/shop/postgres/pair"), "weekly-pair", "only-one"));
        LiveCatalog catalog = new LiveCatalog(Samples.all(new ConfigDir(root)).load(), () -> asked);

        assertThat(catalog.credential(TESTER)).isEmpty();
        assertThat(catalog.credentials()).extracting(Credential::name).containsExactly(ORDERS);
    }

    @Test
    void findsTheSameAccountsAndWhatIsDerived(@TempDir Path root) {
        asked.add(definition(TESTER, "app-password", "orders_app"));
        asked.add(definition(CredentialName.of("dev/shop/postgres/other"), "app-password", "other"));
        ConfigDir directory = Samples.all(new ConfigDir(root)).file("credentials/keys.yaml", """
                kind: Credential
                name: prod/shop/postgres/key
                owner: shop-team
                class: database-user
                target: orders-db
                store: main
                policy: app-password
                principal: key
                derived-from: [prod/shop/postgres/orders-app]
                """);
        LiveCatalog catalog = new LiveCatalog(directory.load(), () -> asked);
        Credential orders = catalog.credential(ORDERS).orElseThrow();

        assertThat(catalog.relatives(orders))
                .extracting(Credential::name)
                .containsExactlyInAnyOrder(ORDERS, TESTER, CredentialName.of("prod/shop/postgres/key"));
    }

    @Test
    void answersFromTheConfigurationInForceAsAWhole(@TempDir Path root) {
        ConfigDir directory = Samples.all(new ConfigDir(root));
        LiveCatalog catalog = new LiveCatalog(directory.load(), () -> asked);
        assertThat(catalog.credential(ORDERS)).isPresent();
        assertThat(catalog.policies()).extracting("name").containsExactly("app-password", "weekly-pair");
        assertThat(catalog.targets()).extracting("name").containsExactly("orders-db");
        assertThat(catalog.stores()).extracting("name").containsExactly("main", "second");
        Snapshot before = catalog.snapshot();

        catalog.replace(directory.file("credentials/orders.yaml", "").load());

        assertThat(catalog.credential(ORDERS)).isEmpty();
        assertThat(catalog.credentials()).isEmpty();
        assertThat(before.credentials()).containsKey(ORDERS);
    }
}
