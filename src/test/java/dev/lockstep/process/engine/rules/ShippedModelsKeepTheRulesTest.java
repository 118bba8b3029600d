package dev.lockstep.process.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.engine.expression.ModelBeans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedModelsKeepTheRulesTest {

    private static final Set<String> OF_NO_OPERATION = Set.of(
            "issuance-request.bpmn",
            "break-glass-review.bpmn",
            "access-review.bpmn",
            "drill.bpmn",
            "schedule.bpmn",
            "emergency-revocation.bpmn");

    private static final Set<String> BEANS = Set.of("retries", "otherLeaks", "settled");

    static Stream<Path> models() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("processes"));
                Stream<Path> forms = Files.list(Path.of("forms"))) {
            return Stream.concat(processes, forms).filter(Files::isRegularFile).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void what_the_jar_brings_is_taken_even_if_every_step_of_an_operation_touched_the_outside(Path model)
            throws IOException {
        Class<?> step = OF_NO_OPERATION.contains(model.getFileName().toString())
                ? TestBeans.Quiet.class
                : TestBeans.Outside.class;
        DeploymentRules rules = new DeploymentRules(new Named(step));
        List<Finding> findings = rules.findings(model.getFileName().toString(), Files.readAllBytes(model))
                .toList();
        assertThat(findings).isEmpty();
    }

    private record Named(Class<?> step) implements ModelBeans {
        @Override
        public Optional<Class<?>> type(String name) {
            if (name.endsWith("Listener")) {
                return Optional.of(TestBeans.Quiet.class);
            }
            return name.endsWith("Delegate")
                    ? Optional.of(step)
                    : Optional.<Class<?>>of(TestBeans.Grace.class).filter(bean -> BEANS.contains(name));
        }

        @Override
        public Optional<Object> bean(String name) {
            return Optional.empty();
        }

        @Override
        public boolean includes(Object object) {
            return false;
        }
    }
}
