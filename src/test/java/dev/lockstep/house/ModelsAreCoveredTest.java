package dev.lockstep.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** No model can be shipped without tests that walk all of it. */
class ModelsAreCoveredTest {

    @Test
    void each_model_has_tests_that_reach_every_node_and_flow() throws IOException {
        assertThat(covered())
                .as("models named by @Covers on a test class, and models in processes/")
                .containsExactlyInAnyOrderElementsOf(models());
    }

    private static List<String> covered() {
        ClassPathScanningCandidateComponentProvider tests = new ClassPathScanningCandidateComponentProvider(false);
        tests.addIncludeFilter(new AnnotationTypeFilter(Covers.class));
        return tests.findCandidateComponents("dev.lockstep").stream()
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(String.valueOf(name), null))
                .flatMap(test -> Stream.of(test.getAnnotation(Covers.class).value()))
                .toList();
    }

    private static List<String> models() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bpmn"))
                    .map(name -> name.replaceFirst("\\.bpmn$", ""))
                    .toList();
        }
    }
}
