package dev.lockstep.process.engine.input;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.ServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractPatchVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractRemoveVariableCmd;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables that a command is about to set or remove, by looking into the command and the builders it holds.
 * So a command that nobody thought of is found as well, as long as it calls its variables variables.
 */
final class VariablePayload {

    private static final String ENGINE = "org.camunda.bpm.engine.";
    private static final int DEEPEST = 5;
    private static final List<Class<?>> MACHINERY = List.of(
            CommandExecutor.class,
            CommandContext.class,
            ProcessEngineConfigurationImpl.class,
            ProcessEngineServices.class,
            ServiceImpl.class,
            DbEntity.class,
            AbstractQuery.class);

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> names = new TreeSet<>();

    private VariablePayload() {}

    /** The names of the variables; empty when the command touches none. */
    static Set<String> names(Object command) {
        VariablePayload payload = new VariablePayload();
        payload.look(command, 0);
        return payload.names;
    }

    private void look(@Nullable Object object, int depth) {
        if (object instanceof Collection<?> parts) {
            parts.forEach(part -> look(part, depth));
        } else if (object != null && depth < DEEPEST && isPartOfCommand(object) && seen.add(object)) {
            boolean removes =
                    object instanceof AbstractRemoveVariableCmd || object instanceof AbstractPatchVariablesCmd;
            FIELDS.get(object.getClass()).forEach(field -> lookAt(field, object, depth, removes));
        }
    }

    private void lookAt(Field field, Object owner, int depth, boolean removes) {
        Object value = valueOf(field, owner);
        if (value instanceof Map<?, ?> variables) {
            if (holdsVariables(field)) {
                variables.keySet().forEach(name -> names.add(String.valueOf(name)));
            }
        } else if (removes && value instanceof Collection<?> removed) {
            removed.forEach(name -> names.add(String.valueOf(name)));
        } else {
            look(value, depth + 1);
        }
    }

    /** Variables that a message or a fetch is matched by are compared, not set. */
    private static boolean holdsVariables(Field field) {
        String name = field.getName();
        return name.toLowerCase(Locale.ROOT).contains("variables")
                && !name.startsWith("correlation")
                && !name.startsWith("filter");
    }

    private static boolean isPartOfCommand(Object object) {
        return object.getClass().getName().startsWith(ENGINE)
                && !object.getClass().isEnum()
                && MACHINERY.stream().noneMatch(type -> type.isInstance(object));
    }

    private static @Nullable Object valueOf(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && at.getName().startsWith(ENGINE); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }
}
