package dev.lockstep.process.engine.rules;

import dev.lockstep.port.DryRuns;
import dev.lockstep.port.ModelLint;
import dev.lockstep.process.engine.expression.ModelBeans;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/** Answers what the rules of a deployment say, for somebody who does not deploy yet. */
public final class RuleLint implements ModelLint {

    private final DeploymentRules rules;

    /** Lint for models that see the given beans. */
    public RuleLint(ModelBeans beans) {
        this.rules = new DeploymentRules(beans);
    }

    @Override
    public List<ModelLint.Finding> check(List<DryRuns.File> files) {
        List<ResourceEntity> resources = files.stream().map(RuleLint::resource).toList();
        BoundForms forms = new BoundForms(resources);
        return resources.stream()
                .flatMap(resource -> rules.findings(resource, forms)
                        .map(finding ->
                                new ModelLint.Finding(resource.getName(), finding.element(), finding.sentence())))
                .toList();
    }

    private static ResourceEntity resource(DryRuns.File file) {
        ResourceEntity resource = new ResourceEntity();
        resource.setName(file.name());
        resource.setBytes(file.content().getBytes(StandardCharsets.UTF_8));
        return resource;
    }
}
