package dev.lockstep.process.engine.expression;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field of an engine class that has no getter. The guards must see what a command is about to do; a renamed
 * field fails the start, not the check.
 */
public final class EngineField<T> {

    private final Field field;

    /** Throws at once when this engine's class has no such field. */
    public EngineField(Class<?> owner, String name) {
        try {
            field = owner.getDeclaredField(name);
            field.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this engine's " + owner.getSimpleName() + " has no field " + name, e);
        }
    }

    @SuppressWarnings("unchecked")
    public @Nullable T of(Object command) {
        try {
            return (T) field.get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
