package dev.lockstep.process.engine.expression;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/** Knows no scripting language at all: steps are written in Java, decisions in FEEL. */
public final class NoScripting implements ScriptEngineResolver {

    @Override
    public void addScriptEngineFactory(ScriptEngineFactory scriptEngineFactory) {
        throw new UnsupportedOperationException("Lockstep runs no scripts");
    }

    @Override
    @SuppressWarnings("NullAway") // the engine's contract: null when there is none
    public @Nullable ScriptEngineManager getScriptEngineManager() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the engine's contract: null means an unknown language
    public @Nullable ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
        return null;
    }
}
