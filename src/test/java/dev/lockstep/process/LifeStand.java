package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Quarantine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.beans.factory.annotation.Autowired;

/** Drives issuances and decommissions by hand, one transaction at a time. */
class LifeStand extends RotationStand {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    Lifecycles lifecycles;

    @Autowired
    Batches batches;

    @Autowired
    Definitions definitions;

    @Autowired
    Quarantine quarantine;

    @Autowired
    ProcessEngine engine;

    /** What somebody asks for under a policy; its account is called {@code app}. */
    Definition wanted(Policy policy, Optional<Expiry> expires) {
        definitions.list().forEach(earlier -> inventory.mark(earlier.name(), CredentialStatus.DECOMMISSIONED));
        catalog.clear();
        catalog.put(policy);
        catalog.endpoints("paper", "main");
        catalog.endpoints("paper", ProcessTestConfiguration.BROKEN);
        target.reset();
        return new Definition(
                CredentialName.of("test/team/paper/new-" + NAMES.incrementAndGet()),
                "team",
                "database-user",
                "paper",
                "main",
                List.of(),
                policy.name(),
                List.of("app"),
                Map.of(),
                List.of("web"),
                Map.of("tier", "gold"),
                expires);
    }

    /** Requests an issuance and runs it up to its first wait state. */
    Operation issue(Definition definition) {
        Operation operation = lifecycles.issue(definition, "tester", "a test");
        dispatchOnce();
        return operation;
    }

    /** Requests a decommission and runs it up to its first wait state. */
    Operation decommission(Credential credential) {
        Operation operation = lifecycles.decommission(credential.name(), "tester", "a test");
        dispatchOnce();
        return operation;
    }

    /** The same with a mirror that fails, so that its propagation is undone. */
    static Definition mirrored(Definition definition) {
        return new Definition(
                definition.name(),
                definition.owner(),
                definition.kind(),
                definition.target(),
                definition.store(),
                List.of(ProcessTestConfiguration.BROKEN),
                definition.policy(),
                definition.principals(),
                definition.settings(),
                definition.consumers(),
                definition.labels(),
                definition.expires());
    }

    /** What an emergency tells an instance. */
    void compromised(Operation operation) {
        runtime.createMessageCorrelation("CredentialCompromised")
                .processInstanceId(now(operation).processInstance())
                .correlate();
    }

    CredentialStatus status(CredentialName name) {
        return inventory.find(name).orElseThrow().status();
    }

    boolean readable(CredentialName name, int version) {
        return stores.store("main").read(new SecretRef(name, version)).isPresent();
    }

    boolean served(CredentialName name) {
        return stores.store("main").current(name).isPresent();
    }

    /** A tick of the schedule. */
    void tick() {
        Job timer = management
                .createJobQuery()
                .processDefinitionKey("schedule")
                .timers()
                .singleResult();
        management.executeJob(timer.getId());
    }
}
