package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.notify.email.EmailChannelAdapter;
import dev.lockstep.notify.kubernetes.KubernetesChannelAdapter;
import dev.lockstep.notify.webhook.WebhookChannelAdapter;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.Target;
import dev.lockstep.signal.webhook.WebhookTypes;
import dev.lockstep.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A configuration directory of a test, and what loading it gives. */
final class ConfigDir {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final Adapters<Target> TARGETS =
            new Adapters<>("target", Map.of("inert", ConfigDir::openTarget, "other", ConfigDir::openTarget));
    static final Adapters<SecretStore> STORES = new Adapters<>("store", Map.of("inert", endpoint -> new InertStore()));

    static final Adapters<Channel> CHANNELS = Adapters.channels(Stream.of(
            new EmailChannelAdapter(SecretValue::of, Loopback.ALLOWED),
            new WebhookChannelAdapter(
                    SecretValue::of, Clock.systemUTC(), Loopback.ALLOWED, new OutboundHttp(Loopback.ALLOWED)),
            new KubernetesChannelAdapter(SecretValue::of, Loopback.ALLOWED)));

    static final Adapters<ReportReader> SOURCES = Adapters.sources(
            new WebhookTypes(SecretValue::of, Loopback.ALLOWED, new OutboundHttp(Loopback.ALLOWED), Clock.systemUTC())
                    .all().stream());

    private final Path root;

    ConfigDir(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    ConfigDir file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ConfigDir file(String name, byte[] bytes) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Snapshot load() {
        return load(Duration.ofMinutes(1));
    }

    Snapshot load(Duration minimumInterval) {
        return new ConfigurationLoader(TARGETS, STORES, CHANNELS, SOURCES, minimumInterval).load(root.toString(), NOW);
    }

    /** What is wrong with documents beside the files. */
    List<ConfigurationError> refusals(List<Node> more) {
        return new ConfigurationLoader(TARGETS, STORES, CHANNELS, SOURCES, Duration.ofMinutes(1))
                .refusals(root.toString(), NOW, more);
    }

    ConfigurationLoader loader() {
        return new ConfigurationLoader(TARGETS, STORES, CHANNELS, SOURCES, Duration.ofMinutes(1));
    }

    /** What loading is refused for; fails when it is not refused. */
    List<ConfigurationError> errors() {
        ConfigurationErrors refusal = catchThrowableOfType(ConfigurationErrors.class, this::load);
        assertThat(refusal).as("the configuration should be refused").isNotNull();
        return refusal.errors();
    }

    /** The only thing that loading is refused for. */
    ConfigurationError error() {
        List<ConfigurationError> errors = errors();
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    private static Target openTarget(Endpoint endpoint) {
        if (endpoint.settings().containsKey("impossible")) {
            throw new InvalidInput("impossible", "no such setting; known are host and port");
        }
        return new InertTarget();
    }
}
