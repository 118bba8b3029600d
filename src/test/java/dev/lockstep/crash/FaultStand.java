package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import dev.lockstep.process.Given;
import dev.lockstep.testing.FaultyProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;

/** A node whose target is reached through a proxy and whose key is in a file, for faults that a test arranges. */
final class FaultStand implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    final Site site;
    final Node node;
    final FaultyProxy proxy;
    final Path key;

    FaultStand(Path data, Map<String, Object> more) {
        this.site = new Site(data);
        this.proxy = FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
        this.key = data.resolve("key");
        Map<String, Object> settings = new HashMap<>(settings());
        settings.putAll(more);
        this.node = Node.start(site.settings("one"), settings);
    }

    /** What another node needs besides {@link Site#settings} to work on the same. */
    Map<String, Object> settings() {
        return Map.of(
                "crash.target.port",
                Integer.toString(proxy.address().getPort()),
                "lockstep.kek",
                "",
                "lockstep.kek-file",
                key.toString(),
                "lockstep.generate-kek",
                "true");
    }

    /** A credential in use. */
    Trial inUse(Given given) {
        String role = "fault_" + NAMES.incrementAndGet();
        String initial = "canary-of-" + role;
        site.role(role, initial);
        Credential credential = given.principal(role)
                .initial(initial)
                .target("orders-db", Map.of("database", site.database()))
                .credential("test/fault/postgres/" + role.replace('_', '-'));
        node.catalog().put(credential);
        node.crossings().observe(() -> {
            node.bean(AdoptCredentials.class).run();
            return credential;
        });
        node.crossings().begin((call, side) -> {});
        return new Trial(Scenario.IN_PLACE, credential, site.sql());
    }

    /** The same credential under another policy. */
    Trial changed(Trial trial, Given given) {
        Credential credential = given.principal(trial.credential().principals().get(0))
                .target("orders-db", trial.credential().settings())
                .credential(trial.name().value());
        node.catalog().put(credential);
        return new Trial(trial.scenario(), credential, site.sql());
    }

    void request(Trial trial) {
        node.bean(Rotations.class).rotate(trial.name(), false, "tester", "a test");
    }

    /** Requests a rotation and runs it as far as it goes. */
    void rotate(Trial trial) {
        request(trial);
        node.worker().dispatch(node.now());
    }

    /** The back-off passes, and the dispatcher looks again. */
    void later(Duration wait) {
        node.advance(wait);
        node.worker().dispatch(node.now());
    }

    /** Everything works again: Lockstep goes on by itself, and a human answers what is asked. */
    Recovery recover(Trial trial) {
        node.crossings().pass();
        proxy.mode(FaultyProxy.Mode.PASS);
        Recovery recovery = new Recovery(node, trial);
        recovery.run();
        return recovery;
    }

    /** What humans are asked about the operation now. */
    List<String> openTasks(Trial trial) {
        return node
                .bean(TaskService.class)
                .createTaskQuery()
                .processInstanceId(trial.operation().orElseThrow().instance())
                .list()
                .stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    /** What does not hold now. */
    List<String> violations(Trial trial) {
        Invariants invariants = new Invariants(site, node, trial);
        invariants.atRest(new Recovery(node, trial).visible(), trial.operation());
        return invariants.violations();
    }

    boolean logsIn(Trial trial, Trial.Known version) {
        return new Invariants(site, node, trial).logsIn(version);
    }

    /** A version that an operation of long ago has left staged. */
    Trial.Known leftOver(Trial trial, String secret) {
        return node.crossings().observe(() -> {
            Version left = node.bean(Versions.class)
                    .reserve(trial.name(), null, trial.credential().principals().get(0), "none", "leftover");
            node.bean(SecretStores.class).store("main").stage(left.ref(), SecretValue.of(secret));
            return new Trial.Known(left.ref().version(), Stage.STAGED, left.principal(), null);
        });
    }

    int length(Trial trial, int version) {
        return node.crossings()
                .observe(() -> node.bean(SecretStores.class)
                        .store("main")
                        .read(new SecretRef(trial.name(), version))
                        .map(SecretValue::length)
                        .orElse(0));
    }

    static void await(String what, Duration atMost, BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() throws IOException {
        node.close();
        proxy.close();
        site.close();
    }
}
