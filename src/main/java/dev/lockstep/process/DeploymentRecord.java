package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Notes in the transaction of a deployment who deployed what, and opens the roll-out that a model asks for, so that no
 * operation can begin on the new version before.
 */
final class DeploymentRecord implements Deployer {

    /** The share of the credentials that gets a new version, for example {@code 5%}. */
    private static final String SHARE = "lockstep.rollout";

    private final ObjectProvider<AuditTrail> audit;
    private final ObjectProvider<RolloutDesk> rollouts;
    private final ObjectProvider<DeployedVersions> versions;

    DeploymentRecord(
            ObjectProvider<AuditTrail> audit,
            ObjectProvider<RolloutDesk> rollouts,
            ObjectProvider<DeployedVersions> versions) {
        this.audit = audit;
        this.rollouts = rollouts;
        this.versions = versions;
    }

    /** Also called when a node reads a model again that was deployed before. */
    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        String by = Optional.ofNullable(Context.getCommandContext().getAuthenticatedUserId())
                .orElse("lockstep");
        deployment.getResources().values().forEach(file -> note(by, file));
        List<ProcessDefinitionEntity> processes = deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
        if (processes != null) {
            processes.forEach(process -> rollOut(by, process, deployment.getResource(process.getResourceName())));
        }
    }

    private void note(String by, ResourceEntity file) {
        audit.getObject()
                .append(new AuditEvent(
                        by,
                        "model.deploy",
                        AuditEvent.Phase.FACT,
                        file.getName(),
                        null,
                        Map.of("sha256", Digests.sha256(new String(file.getBytes(), StandardCharsets.UTF_8)))));
    }

    private void rollOut(String by, ProcessDefinitionEntity process, ResourceEntity file) {
        RolloutDesk desk = rollouts.getObject();
        String tag = String.valueOf(process.getVersionTag());
        desk.overtake(process.getKey(), tag, by);
        Process model = Bpmn.readModelFromStream(new ByteArrayInputStream(file.getBytes()))
                .getModelElementById(process.getKey());
        String share = ModelProperties.of(model, SHARE);
        // What is deployed just now is not found yet.
        Optional<String> former = versions.getObject().lookUp(process.getKey()).stream()
                .map(Deployed::tag)
                .filter(before -> !before.equals(tag))
                .findFirst();
        if (!share.isEmpty() && former.isPresent() && !desk.isOpen(process.getKey(), tag)) {
            desk.open(new RolloutRecords.Request(
                    process.getKey(), tag, former.get(), Rollout.share(share), RolloutRule.USUAL, by));
        }
    }
}
