package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditReview.Verdict;
import dev.lockstep.port.AuditTrail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AuditConfigurationTest {

    private final Path directory;
    private final ApplicationContextRunner runner;

    AuditConfigurationTest(@TempDir Path directory) {
        this.directory = directory;
        this.runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withUserConfiguration(AuditConfiguration.class)
                .withBean("clock", Clock.class, Clock::systemUTC)
                .withAllowBeanDefinitionOverriding(true)
                .withPropertyValues(
                        "lockstep.data-dir=" + directory,
                        "spring.datasource.url=jdbc:h2:file:" + directory.resolve("lockstep"));
    }

    @Test
    void eventsAreSealedByTheRunningApplication() {
        runner.withPropertyValues("lockstep.audit.sealing-interval=20ms").run(context -> {
            context.getBean(AuditTrail.class).append(AuditStand.event(1));
            MeterRegistry meters = new SimpleMeterRegistry();
            context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));

            for (int i = 0; i < 500 && gauge(meters, "lockstep.audit.position") < 1; i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }

            assertThat(gauge(meters, "lockstep.audit.position")).isEqualTo(1);
            assertThat(gauge(meters, "lockstep.audit.unsealed")).isZero();
            assertThat(gauge(meters, "lockstep.audit.sealing.lag")).isBetween(0.0, 10.0);
            assertThat(gauge(meters, "lockstep.audit.intact")).isEqualTo(1);
        });
    }

    @Test
    void anOrderlyStopSealsAndSignsWhatIsLeft() {
        runner.withPropertyValues("lockstep.audit.sealing-interval=1h").run(context -> {
            TimeUnit.MILLISECONDS.sleep(300);
            context.getBean(AuditTrail.class).append(AuditStand.event(1));
        });

        assertThat(directory.resolve("audit-checkpoints.jsonl")).content().contains("\"position\":1");
        runner.withPropertyValues("lockstep.audit.sealing-interval=1h")
                .run(context -> assertThat(context.getBean(AuditReview.class).verify())
                        .returns(true, Verdict::intact)
                        .returns(1L, Verdict::position)
                        .returns(1L, Verdict::checkpointPosition));
    }

    @Test
    void settingsPlaceTheFilesElsewhere() {
        Path key = directory.resolve("keys/signing");
        Path file = directory.resolve("evidence.jsonl");
        runner.withPropertyValues("lockstep.audit.signing-key=" + key, "lockstep.audit.checkpoint-file=" + file)
                .run(context -> context.getBean(AuditTrail.class).append(AuditStand.event(1)));

        assertThat(Files.exists(key)).isTrue();
        assertThat(file)
                .content()
                .contains(VerificationKey.read(SigningKey.publicHalf(key)).id());
    }

    @Test
    void withARetentionOldEntriesAreArchivedByTheRunningApplication() {
        String[] settings = {
            "lockstep.audit.sealing-interval=20ms",
            "lockstep.audit.checkpoint-interval=20ms",
            "lockstep.audit.retention=10d",
            "lockstep.audit.archive-interval=1s"
        };
        Clock lately = Clock.offset(Clock.systemUTC(), Duration.ofDays(-11));
        runner.withBean("clock", Clock.class, () -> lately)
                .withPropertyValues("lockstep.audit.sealing-interval=20ms")
                .run(context -> context.getBean(AuditTrail.class).append(AuditStand.event(1)));
        runner.withBean("clock", Clock.class, Clock::systemUTC)
                .withUserConfiguration(ArchiveConfiguration.class)
                .withPropertyValues(settings)
                .run(context -> {
                    context.getBean(AuditTrail.class).append(AuditStand.event(2));
                    AuditReview review = context.getBean(AuditReview.class);
                    for (int i = 0; i < 500 && review.archives().isEmpty(); i++) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }

                    assertThat(review.archives()).hasSize(1);
                    assertThat(review.verify()).returns(true, Verdict::intact).returns(1L, Verdict::archived);
                });
        assertThat(directory.resolve("audit-archive")).isDirectoryContaining("glob:**.jsonl");
    }

    @Test
    void withoutARetentionNothingIsArchivedAndOneThatIsTooShortIsRefused() {
        runner.withUserConfiguration(ArchiveConfiguration.class)
                .run(context -> assertThat(context).doesNotHaveBean(Archiver.class));
        runner.withUserConfiguration(ArchiveConfiguration.class)
                .withPropertyValues("lockstep.audit.retention=1h")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lockstep.audit.retention is at least 1d"));
    }

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get(name).gauge().value();
    }
}
