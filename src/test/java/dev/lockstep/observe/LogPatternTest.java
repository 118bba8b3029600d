package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

class LogPatternTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void a_line_within_an_operation_names_it_and_its_credential() throws Exception {
        assertThat(line(Map.of("lockstep.operation", "op-17", "lockstep.credential", "prod/shop/pg/app")))
                .isEqualTo("[op-17 prod/shop/pg/app] done");
    }

    @Test
    void a_line_outside_of_an_operation_has_nothing_more() throws Exception {
        assertThat(line(Map.of())).isEqualTo("done");
    }

    private String line(Map<String, String> mdc) throws Exception {
        Object pattern = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .get(0)
                .getProperty("logging.pattern.correlation");
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern + "%m");
        layout.start();
        LoggingEvent event = new LoggingEvent("test", context.getLogger("test"), Level.INFO, "done", null, null);
        event.setMDCPropertyMap(mdc);
        return layout.doLayout(event);
    }
}
