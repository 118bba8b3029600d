package dev.lockstep.process.engine.decision;

import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;

/** The settings of everything that evaluates decision tables. */
public final class Decisions {

    private Decisions() {}

    /** A fresh configuration that knows FEEL and no scripting language. */
    public static DefaultDmnEngineConfiguration settings() {
        DefaultDmnEngineConfiguration settings =
                (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        settings.setScriptEngineResolver(language -> null);
        settings.setFeelEngineFactory(() -> new QuickFeel(new ScalaFeelEngineFactory().createInstance()));
        return settings;
    }
}
