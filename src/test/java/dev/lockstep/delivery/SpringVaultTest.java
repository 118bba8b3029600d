package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.client.VaultClients;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultKeyValueOperationsSupport.KeyValueBackend;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultResponse;

/** Applications with spring-vault as it is read and log in at a real database while their credentials rotate. */
class SpringVaultTest {

    private static final Logger log = LoggerFactory.getLogger(SpringVaultTest.class);
    private static final int ROTATIONS = 5;
    private static final double LONGEST_GAP_SECONDS = 5;

    private static DeliveryHouse house;

    @BeforeAll
    static void open() {
        house = DeliveryHouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** What an application with spring-vault has to say to read a credential, as often as it likes. */
    static Supplier<Map<String, Object>> reading(DeliveryHouse house, String identity, CredentialName credential) {
        return reading(house, identity, credential.value());
    }

    static Supplier<Map<String, Object>> reading(DeliveryHouse house, String identity, String path) {
        VaultTemplate vault = vault(house, identity);
        return () -> read(vault, path);
    }

    private static VaultTemplate vault(String identity) {
        return vault(house, identity);
    }

    private static VaultTemplate vault(DeliveryHouse house, String identity) {
        VaultEndpoint endpoint = VaultEndpoint.create("127.0.0.1", house.port());
        endpoint.setScheme("http");
        ClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
        AppRoleAuthenticationOptions options = AppRoleAuthenticationOptions.builder()
                .roleId(AppRoleAuthenticationOptions.RoleId.provided(identity))
                .secretId(AppRoleAuthenticationOptions.SecretId.provided(house.secretId(identity)))
                .build();
        return new VaultTemplate(
                endpoint,
                factory,
                new SimpleSessionManager(
                        new AppRoleAuthentication(options, VaultClients.createRestTemplate(endpoint, factory))));
    }

    private static Map<String, Object> read(VaultTemplate vault, CredentialName credential) {
        return read(vault, credential.value());
    }

    private static Map<String, Object> read(VaultTemplate vault, String path) {
        VaultResponse answer =
                vault.opsForKeyValue("secret", KeyValueBackend.KV_2).get(path);
        return Objects.requireNonNull(Objects.requireNonNull(answer).getData());
    }

    private static boolean logsIn(Map<String, Object> value) {
        return house.logsIn(String.valueOf(value.get("username")), String.valueOf(value.get("password")));
    }

    @Test
    void theClientListsReadsMetadataAndStaticRoles() {
        house.rotate(SINGLE);
        VaultTemplate vault = vault("shop-web");

        assertThat(vault.opsForKeyValue("secret", KeyValueBackend.KV_2).list("test/shop/postgres"))
                .contains("pair", "single");
        assertThat(vault.opsForVersionedKeyValue("secret").get(SINGLE.value()))
                .satisfies(versioned -> assertThat(Objects.requireNonNull(versioned)
                                .getRequiredMetadata()
                                .getVersion()
                                .getVersion())
                        .isEqualTo(house.current(SINGLE)));
        VaultResponse role = Objects.requireNonNull(vault.read("database/static-creds/" + SINGLE));
        assertThat(logsIn(Objects.requireNonNull(role.getData()))).isTrue();
        assertThat(vault.read("secret/data/test/shop/postgres/hasty")).isNull();
        assertThat(vault.opsForSys().health().isSealed()).isFalse();
    }

    @Test
    void noLoginFailsWhenTwoAccountsTakeTurns() throws Exception {
        house.rotateUntilPromoted(PAIR);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<int[]>> applications = new ArrayList<>();
            for (String identity : List.of("shop-web", "shop-worker", "shop-report")) {
                applications.add(threads.submit(application(identity, over)));
            }
            for (int i = 0; i < ROTATIONS; i++) {
                DeliveryHouse.await("quiet", () -> house.idle(PAIR));
                house.rotateUntilPromoted(PAIR);
            }
            DeliveryHouse.await("the last retirement", () -> house.idle(PAIR));
            over.set(true);
            for (Future<int[]> application : applications) {
                int[] counts = application.get();
                log.info("{} logins, {} failed", counts[0], counts[1]);
                assertThat(counts[0]).isPositive();
                assertThat(counts[1]).isZero();
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
    }

    /** Reads, and logs in with what it has read several times before it reads again; counts logins and failures. */
    private static Callable<int[]> application(String identity, AtomicBoolean over) {
        return () -> {
            VaultTemplate vault = vault(identity);
            int[] counts = new int[2];
            while (!over.get()) {
                Map<String, Object> value = read(vault, PAIR);
                for (int i = 0; i < 5; i++) {
                    counts[0]++;
                    counts[1] += logsIn(value) ? 0 : 1;
                }
            }
            return counts;
        };
    }

    @Test
    void aLoginThatFailsInPlaceHealsWithTheNextVersion() throws Exception {
        house.rotate(SINGLE);
        VaultTemplate vault = vault("shop-web");
        List<Double> gaps = new ArrayList<>();
        Map<String, Object> value = read(vault, SINGLE);
        for (int i = 0; i < ROTATIONS; i++) {
            house.ask(SINGLE);
            while (logsIn(value)) {
                Thread.sleep(10);
            }
            long failed = System.nanoTime();
            Map<String, Object> next = read(vault, SINGLE);
            while (next.equals(value)) {
                Thread.sleep(10);
                next = read(vault, SINGLE);
            }
            assertThat(logsIn(next)).as("the next version works at once").isTrue();
            gaps.add((System.nanoTime() - failed) / 1e9);
            value = next;
            DeliveryHouse.await("the end of the rotation", () -> house.idle(SINGLE));
        }
        log.info("seconds from the first failed login to the next one that succeeds: {}", gaps);
        assertThat(gaps).hasSize(ROTATIONS).allMatch(gap -> gap < LONGEST_GAP_SECONDS);
    }
}
