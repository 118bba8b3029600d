package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Network;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.Configurations.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells field by field in what two definitions differ, named nearly as in the files; some values are never shown. */
final class FieldList {

    /** Their values could be secrets. */
    private static final Set<String> HIDDEN = Set.of("settings", "labels", "initial");

    private static final Map<String, String> CALLED =
            Map.of("kind", "class", "schedule", "rotate", "failure", "on-failure", "endpoint", "", "usual", "default");

    private static final int LONGEST = 200;

    private final SortedMap<String, String> fields = new TreeMap<>();

    private FieldList() {}

    /** What differs; a definition that is missing has no fields. */
    static List<Field> differences(@Nullable Object before, @Nullable Object after) {
        SortedMap<String, String> old = of(before);
        SortedMap<String, String> next = of(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(next.keySet());
        List<Field> differences = new ArrayList<>();
        for (String name : names) {
            @Nullable String was = old.get(name);
            @Nullable String is = next.get(name);
            if (!Objects.equals(was, is)) {
                boolean hidden = isHidden(name);
                differences.add(new Field(name, hidden ? null : cut(was), hidden ? null : cut(is), hidden));
            }
        }
        return differences;
    }

    private static boolean isHidden(String path) {
        for (String part : path.split("[.\\[]", -1)) {
            if (HIDDEN.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static SortedMap<String, String> of(@Nullable Object definition) {
        FieldList list = new FieldList();
        if (definition != null) {
            list.add("", definition);
        }
        return list.fields;
    }

    private void add(String path, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> add(path, present));
        } else if (value instanceof Policy policy && !path.isEmpty()) {
            fields.put(path, policy.name());
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> add(path + '.' + key, each));
        } else if (value instanceof Collection<?> all) {
            collection(path, all);
        } else if (value instanceof Record fields
                && !(value instanceof CredentialName)
                && !(value instanceof SchemaVersion)
                && !(value instanceof ProcessPin)) {
            components(path, fields);
        } else {
            fields.put(path, text(value));
        }
    }

    /** As it is written in the files. */
    private static String text(Object value) {
        if (value instanceof Duration duration
                && duration.toDays() > 0
                && duration.equals(Duration.ofDays(duration.toDays()))) {
            return "P" + duration.toDays() + "D";
        }
        return value instanceof Strategy strategy ? strategy.label() : String.valueOf(value);
    }

    /** Elements with fields of their own are listed by their names, or else by their places. */
    private void collection(String path, Collection<?> all) {
        List<String> texts = new ArrayList<>();
        int place = 0;
        for (Object each : all) {
            place++;
            if (each instanceof Record fields
                    && !(each instanceof Network)
                    && fields.getClass().getRecordComponents().length > 1) {
                Object name = named(fields);
                String label = name == null ? Integer.toString(place) : name.toString();
                texts.add(label);
                components(path + '[' + label + ']', fields);
            } else {
                texts.add(text(each));
            }
        }
        if (!(all instanceof List)) {
            texts.sort(null);
        }
        fields.put(path, String.join(", ", texts));
    }

    private void components(String path, Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        if (components.length == 0) {
            fields.put(path, kebab(value.getClass().getSimpleName()));
        }
        for (RecordComponent component : components) {
            String name = kebab(component.getName());
            boolean known = path.isEmpty() || path.endsWith("]") || value instanceof Endpoint;
            if (known && name.equals("name")) {
                continue;
            }
            String called = CALLED.getOrDefault(name, name);
            String whole = path.isEmpty() || called.isEmpty() ? path + called : path + '.' + called;
            Object content = content(component, value);
            if (content != null) {
                add(whole, content);
            }
        }
    }

    private static @Nullable Object named(Record value) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (component.getName().equals("name")) {
                return content(component, value);
            }
        }
        return null;
    }

    private static @Nullable Object content(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the fields of a definition can be read", e);
        }
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
