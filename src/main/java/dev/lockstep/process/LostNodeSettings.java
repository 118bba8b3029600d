package dev.lockstep.process;

import dev.lockstep.domain.Drill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** What another process of this installation has to know: this node's settings, and what makes it keep to its drill. */
@Component
class LostNodeSettings {

    private static final List<String> OURS = List.of("lockstep.", "spring.", "camunda.");
    private static final String DATA = "lockstep.data-dir";
    private static final String KEY_FILE = "lockstep.kek-file";

    private final ConfigurableEnvironment environment;

    LostNodeSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** @param data where it keeps what is its own */
    Properties of(Drill drill, Path data) {
        Properties settings = new Properties();
        environment.getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> known
                        ? Stream.of(known.getPropertyNames())
                        : Stream.empty())
                .filter(name -> OURS.stream().anyMatch(name::startsWith))
                .forEach(name -> put(settings, name));
        Path key = Path.of(Objects.requireNonNullElse(environment.getProperty(DATA), "data"), "kek");
        if (!settings.containsKey("lockstep.kek") && !settings.containsKey(KEY_FILE) && Files.exists(key)) {
            settings.setProperty(KEY_FILE, key.toAbsolutePath().toString());
        }
        settings.setProperty(DATA, data.toString());
        settings.setProperty("lockstep.dispatch", "false");
        settings.setProperty("lockstep.breakers", "false");
        settings.setProperty("lockstep.audit.sealing-interval", "PT1H");
        settings.setProperty("camunda.bpm.job-execution.enabled", "false");
        settings.setProperty("server.address", "127.0.0.1");
        settings.setProperty("server.port", "0");
        settings.setProperty("spring.datasource.hikari.maximum-pool-size", "6");
        settings.setProperty("spring.datasource.hikari.minimum-idle", "2");
        settings.setProperty(LostNodeRun.DRILL, Long.toString(drill.id()));
        return settings;
    }

    private void put(Properties settings, String name) {
        String value = environment.getProperty(name);
        if (value != null) {
            settings.setProperty(name, value);
        }
    }
}
