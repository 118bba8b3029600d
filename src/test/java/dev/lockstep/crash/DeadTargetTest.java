package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application with two hundred credentials on a target that swallows everything, and a few on another. */
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"lockstep.generate-kek=true", "lockstep.models-dir=target/no-models"})
@DirtiesContext
class DeadTargetTest {

    private static final int ON_THE_DEAD = 200;
    private static final int ON_THE_OTHER = 20;

    /** A worker that was let through just before begins its attempt a moment later. */
    private static final Duration PAST_THE_GATE = Duration.ofMillis(500);

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final FaultyProxy PROXY =
            FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port()));
    private static final String ADMIN = SERVER.unique("dead_admin");
    private static final String ROLE = SERVER.unique("dead_role") + "_";
    private static final String PASSWORD = "for-this-run-only";

    @TempDir
    static Path directory;

    @Autowired
    AdoptCredentials adopt;

    @Autowired
    Rotations rotations;

    @Autowired
    Operations operations;

    @Autowired
    Attempts attempts;

    @Autowired
    Breakers breakers;

    @Autowired
    Escalations tasks;

    @BeforeAll
    static void roles() {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
                "DO $$ BEGIN FOR i IN 1.." + (ON_THE_DEAD + ON_THE_OTHER) + " LOOP"
                        + " EXECUTE format('CREATE ROLE " + ROLE + "%s LOGIN', i);"
                        + " EXECUTE format('GRANT " + ROLE + "%s TO " + ADMIN + " WITH ADMIN OPTION', i);"
                        + " END LOOP; END $$");
    }

    @AfterAll
    static void stop() throws IOException {
        PROXY.close();
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Path password = Files.writeString(Files.createTempFile(directory, "admin", ".password"), PASSWORD);
        StringBuilder text = new StringBuilder(
                """
                kind: Policy
                name: quick
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 32, classes: [lower, upper, digit]}
                grace: {at-most: PT0S}
                retries: {attempts: 4, backoff: [PT1S]}
                ---
                kind: Store
                name: embedded
                type: embedded
                ---
                kind: Target
                name: dead-db
                type: postgresql
                breaker: {probe-every: PT1S, tell-after: PT1S, escalate: {group: dba}}
                settings: {host: 127.0.0.1, port: %d, admin: %s, password: "${file:%s}", connect-timeout: PT1S, call-timeout: PT2S}
                ---
                kind: Target
                name: other-db
                type: postgresql
                settings: {host: 127.0.0.1, port: %d, admin: %s, password: "${file:%s}"}
                ---
                kind: Credential
                defaults: {owner: dba, class: database-user, store: embedded, policy: quick}
                credentials:
                """.formatted(PROXY.address().getPort(), ADMIN, password, SERVER.port(), ADMIN, password));
        for (int i = 1; i <= ON_THE_DEAD + ON_THE_OTHER; i++) {
            String target = i <= ON_THE_DEAD ? "dead-db" : "other-db";
            text.append("  - {name: %s, target: %s, principal: %s%d}\n".formatted(name(i), target, ROLE, i));
        }
        Files.writeString(config.resolve("house.yaml"), text);
        String database = SERVER.createDatabase("dead");
        registry.add("spring.datasource.url", () -> SERVER.url(database));
        registry.add("spring.datasource.username", SERVER::superuser);
        registry.add("spring.datasource.password", SERVER::superuserPassword);
        registry.add("lockstep.config-dir", config::toString);
        registry.add("lockstep.data-dir", () -> directory.resolve("data").toString());
    }

    private static String name(int number) {
        return "test/dead/postgres/role-" + number;
    }

    @Test
    void oneTaskNoAttemptAndNobodyElseDelayedAndAllFinishByThemselves() throws InterruptedException {
        adopt.run();
        PROXY.mode(FaultyProxy.Mode.BLACK_HOLE);
        List<Operation> waiting = request(1, ON_THE_DEAD);
        List<Operation> others = request(ON_THE_DEAD + 1, ON_THE_DEAD + ON_THE_OTHER);

        FaultStand.await("the other target's rotations", Duration.ofSeconds(20), () -> rotated(others));
        assertThat(rotated(waiting)).isFalse();

        FaultStand.await(
                "the one task", Duration.ofSeconds(40), () -> !tasks.open(10).isEmpty());
        PausedTarget paused = breakers.paused().get(0);
        assertThat(paused.target()).isEqualTo("dead-db");
        assertThat(paused.probes()).as("asked in vain meanwhile").isPositive();
        assertThat(tasks.open(1000)).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo("Restore target");
            assertThat(task.credential()).isEqualTo("dead-db");
            assertThat(task.group()).isEqualTo("dba");
        });
        List<Attempts.Entry> begun = waiting.stream()
                .flatMap(operation -> attempts.list(operation.id()).stream())
                .toList();
        assertThat(begun).hasSizeLessThanOrEqualTo(16);
        assertThat(begun)
                .as("no attempt was begun while the target was left alone")
                .allMatch(attempt -> !attempt.startedAt().isAfter(paused.since().plus(PAST_THE_GATE)));

        PROXY.mode(FaultyProxy.Mode.PASS);

        FaultStand.await("the rotations that waited", Duration.ofSeconds(90), () -> rotated(waiting));
        FaultStand.await(
                "the end of the task",
                Duration.ofSeconds(30),
                () -> tasks.open(10).isEmpty());
        assertThat(breakers.paused()).isEmpty();
        assertThat(waiting)
                .allSatisfy(operation ->
                        assertThat(operations.get(operation.id()).round()).isEqualTo(1));
    }

    private List<Operation> request(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> rotations.rotate(CredentialName.of(name(i)), false, "tester", "a test"))
                .toList();
    }

    private boolean rotated(List<Operation> all) {
        return all.stream().allMatch(operation -> operations.get(operation.id()).outcome() == Outcome.ROTATED);
    }
}
