package dev.lockstep.crash;

import dev.lockstep.process.HandWorker;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One Lockstep process on a database, in which nothing runs by itself. */
final class Node implements AutoCloseable {

    private static final Map<String, Object> DEFAULTS = Map.of(
            "camunda.bpm.job-execution.enabled", "false",
            "lockstep.dispatch", "false",
            "lockstep.models-dir", "target/no-models",
            "lockstep.kek", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "spring.datasource.hikari.maximum-pool-size", "8");

    private final ConfigurableApplicationContext context;
    private boolean frozen;

    private Node(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts with settings of {@link Site#settings}, and others that take precedence. */
    static Node start(Map<String, Object> site, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(DEFAULTS);
        all.putAll(site);
        all.putAll(more);
        Node node = new Node(run(all));
        QuietConsole.begin();
        return node;
    }

    private static ConfigurableApplicationContext run(Map<String, Object> all) {
        return new SpringApplicationBuilder(NodeConfiguration.class)
                .properties(all)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .initializers(
                        made -> made.getEnvironment().getPropertySources().addFirst(new MapPropertySource("node", all)))
                .run();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Crossings crossings() {
        return bean(Crossings.class);
    }

    PaperCatalog catalog() {
        return bean(PaperCatalog.class);
    }

    HandWorker worker() {
        return new HandWorker(context);
    }

    Instant now() {
        return bean(TestClock.class).instant();
    }

    /** Node and engine stand still from now on, so that everything happens in the same millisecond. */
    void freeze() {
        frozen = true;
        bean(TestClock.class).freeze();
        advance(Duration.ZERO);
    }

    void thaw() {
        frozen = false;
        bean(TestClock.class).start();
        ClockUtil.reset();
    }

    void set(Instant now) {
        bean(TestClock.class).set(now);
    }

    void advance(Duration step) {
        bean(TestClock.class).advance(step);
        if (frozen) {
            ClockUtil.setCurrentTime(Date.from(now()));
        }
    }

    @Override
    public void close() {
        try {
            context.close();
        } finally {
            QuietConsole.end();
        }
    }
}
