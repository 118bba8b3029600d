package dev.lockstep.process.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Prepares what the engine finds at start: UTC for the whole JVM, the defaults that an operator may override, and from
 * {@code lockstep.public-url} what the web applications need to know about the address they are reached at.
 */
final class EngineDefaults implements EnvironmentPostProcessor {

    private static final String DEFAULTS = "engine-defaults.properties";
    private static final String WEBAPP = "camunda.bpm.webapp.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        try {
            environment.getPropertySources().addLast(new ResourcePropertySource(new ClassPathResource(DEFAULTS)));
        } catch (IOException e) {
            throw new UncheckedIOException(DEFAULTS + " is missing from the jar", e);
        }
        String publicUrl = environment.getProperty("lockstep.public-url", "");
        if (!publicUrl.isBlank()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("lockstep.public-url", reachedAt(publicUrl)));
        }
    }

    private static Map<String, Object> reachedAt(String publicUrl) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(WEBAPP + "csrf.target-origin", publicUrl);
        if (publicUrl.startsWith("https:")) {
            settings.put(WEBAPP + "csrf.enable-secure-cookie", "true");
            settings.put(WEBAPP + "session-cookie.enable-secure-cookie", "true");
            settings.put(WEBAPP + "header-security.hsts-disabled", "false");
            settings.put("server.servlet.session.cookie.secure", "true");
        }
        return settings;
    }
}
