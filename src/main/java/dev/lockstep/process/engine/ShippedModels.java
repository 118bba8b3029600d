package dev.lockstep.process.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Deploys the processes, decisions and forms of the jar at start, all together when one of them changed, so that a form
 * bound to its deployment is found. A file of the same name in the folders {@code processes} and {@code forms} beside
 * the jar takes the place of the shipped one.
 */
final class ShippedModels implements SmartInitializingSingleton {

    private static final String DEPLOYMENT = "lockstep";
    private static final String[] PATTERNS = {"processes/*.bpmn", "processes/*.dmn", "forms/*.form"};

    private final RepositoryService repository;
    private final Path override;

    ShippedModels(RepositoryService repository, Path override) {
        this.repository = repository;
        this.override = override;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, Resource> models = new TreeMap<>();
        try {
            for (String pattern : PATTERNS) {
                collect("classpath*:" + pattern, models);
                collect(override.toAbsolutePath().normalize().toUri() + pattern, models);
            }
            deploy(models);
        } catch (IOException e) {
            throw new UncheckedIOException("the models of the jar or beside it cannot be read", e);
        }
    }

    private static void collect(String pattern, Map<String, Resource> models) throws IOException {
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
            String name = resource.getFilename();
            if (name != null && resource.isReadable()) {
                models.put(name, resource);
            }
        }
    }

    private void deploy(Map<String, Resource> models) throws IOException {
        if (models.isEmpty()) {
            return;
        }
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name(DEPLOYMENT)
                .source(DEPLOYMENT)
                .enableDuplicateFiltering(false);
        for (Map.Entry<String, Resource> model : models.entrySet()) {
            try (InputStream content = model.getValue().getInputStream()) {
                deployment.addInputStream(model.getKey(), content);
            }
        }
        deployment.deploy();
    }
}
