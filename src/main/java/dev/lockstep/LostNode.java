package dev.lockstep;

import dev.lockstep.process.LostNodeRun;
import java.io.IOException;
import java.util.Properties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertiesPropertySource;

/** The main class of a process that dies in a drill, so that another one has to finish what it began. */
public final class LostNode {

    private LostNode() {}

    /** Reads its settings from standard input: none of them is for the command line. */
    public static void main(String[] nothing) throws IOException {
        Properties settings = new Properties();
        settings.load(System.in);
        ConfigurableApplicationContext node = new SpringApplicationBuilder(LockstepApplication.class)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new PropertiesPropertySource("drill", settings)))
                .run();
        node.getBean(LostNodeRun.class).run(Long.parseLong(settings.getProperty(LostNodeRun.DRILL)));
        System.exit(SpringApplication.exit(node));
    }
}
