package dev.lockstep.process;

import dev.lockstep.port.AuditTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Lets the engine note its deployments; what takes the notes is looked up late, because it needs the engine. */
@Component
final class DeploymentRecords extends SpringBootProcessEnginePlugin {

    private final DeploymentRecord record;

    DeploymentRecords(
            ObjectProvider<AuditTrail> audit,
            ObjectProvider<RolloutDesk> rollouts,
            ObjectProvider<DeployedVersions> versions) {
        this.record = new DeploymentRecord(audit, rollouts, versions);
    }

    @Override
    public void preInit(SpringProcessEngineConfiguration engine) {
        List<Deployer> all = new ArrayList<>(
                Optional.ofNullable(engine.getCustomPostDeployers()).orElse(List.of()));
        all.add(record);
        engine.setCustomPostDeployers(all);
    }
}
