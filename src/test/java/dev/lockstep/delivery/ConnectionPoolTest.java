package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.lockstep.domain.CredentialName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection pool of the guide for application developers, at a real database while its credential rotates. */
class ConnectionPoolTest {

    private static final int ROTATIONS = 4;

    private static DeliveryHouse house;

    @BeforeAll
    static void open() {
        house = DeliveryHouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** As in the guide: asks for user name and password anew for each connection that the pool opens. */
    private static final class RotatingDataSource extends HikariDataSource {

        private final Supplier<Map<String, Object>> secret;

        RotatingDataSource(Supplier<Map<String, Object>> secret) {
            this.secret = secret;
        }

        @Override
        public Credentials getCredentials() {
            Map<String, Object> value = secret.get();
            return Credentials.of(String.valueOf(value.get("username")), String.valueOf(value.get("password")));
        }
    }

    private static RotatingDataSource pool(CredentialName credential) {
        RotatingDataSource pool = new RotatingDataSource(SpringVaultTest.reading(house, "shop-web", credential));
        pool.setJdbcUrl(house.url());
        pool.setMaximumPoolSize(3);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Test
    void accountsThatTakeTurnsAreFollowedWithoutOneFailure() throws Exception {
        List<Supplier<Map<String, Object>>> others = List.of(
                SpringVaultTest.reading(house, "shop-worker", PAIR),
                SpringVaultTest.reading(house, "shop-report", PAIR));
        Runnable rotate = () -> {
            house.rotateUntilPromoted(PAIR);
            others.forEach(other -> assertThat(other.get()).containsKey("password"));
        };
        rotate.run();

        Set<String> users = whileRotating(PAIR, rotate);

        assertThat(users).as("both accounts were used").hasSize(2);
    }

    @Test
    void aPasswordThatIsReplacedInPlaceIsReadAgainWithinThePatienceOfThePool() throws Exception {
        house.rotate(SINGLE);

        assertThat(whileRotating(SINGLE, () -> house.rotate(SINGLE))).hasSize(1);
    }

    /** Whom the application was logged in as; connections are given up and opened all the time. */
    private static Set<String> whileRotating(CredentialName credential, Runnable rotate) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (RotatingDataSource pool = pool(credential)) {
            Future<Set<String>> application = threads.submit(application(pool, over));
            for (int i = 0; i < ROTATIONS; i++) {
                // The application has moved when it has opened a connection since the last promotion.
                DeliveryHouse.await("quiet", () -> house.idle(credential));
                rotate.run();
            }
            DeliveryHouse.await("the last retirement", () -> house.idle(credential));
            over.set(true);
            return application.get();
        } finally {
            over.set(true);
            threads.shutdown();
        }
    }

    private static Callable<Set<String>> application(HikariDataSource pool, AtomicBoolean over) {
        return () -> {
            Set<String> users = ConcurrentHashMap.newKeySet();
            while (!over.get()) {
                users.add(user(pool));
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            return users;
        };
    }

    private static String user(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
