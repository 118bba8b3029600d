package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCatalogTest {

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");

    @Test
    void answersFromTheConfigurationInForceAsAWhole(@TempDir Path root) {
        ConfigDir directory = Samples.all(new ConfigDir(root));
        LiveCatalog catalog = new LiveCatalog(directory.load());
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
