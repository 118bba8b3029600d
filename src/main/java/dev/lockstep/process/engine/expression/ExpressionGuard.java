package dev.lockstep.process.engine.expression;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of all other resolvers and lets an expression read variables, the fields of data, a few facts of its
 * own execution or task, and call the beans of models. All else is refused before it is evaluated.
 */
final class ExpressionGuard extends ELResolver {

    private static final List<Class<?>> REFLECTION =
            List.of(Class.class, ClassLoader.class, Runtime.class, ProcessBuilder.class, Process.class, Thread.class);
    private static final Set<String> REFLECTION_PACKAGES = Set.of("java.lang.reflect", "java.lang.invoke");
    private static final Set<String> REFLECTION_NAMES =
            Set.of("class", "getClass", "forName", "classLoader", "getClassLoader", "runtime", "getRuntime");

    private final ModelBeans beans;

    ExpressionGuard(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    @SuppressWarnings("NullAway") // the contract of resolvers: null and unresolved
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base != null) {
            refuseReflection(base, property);
            if (!isData(base) && !beans.includes(base) && !isFact(base, property)) {
                throw refused(base, property);
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the contract of resolvers: null and unresolved
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] paramTypes,
            Object @Nullable [] params) {
        if (base != null) {
            refuseReflection(base, method);
            if (!beans.includes(base)) {
                throw refused(base, method);
            }
        }
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        if (base != null) {
            throw refused(base, property);
        }
    }

    private static void refuseReflection(Object base, @Nullable Object name) {
        if (REFLECTION_NAMES.contains(String.valueOf(name))
                || REFLECTION.stream().anyMatch(type -> type.isInstance(base))
                || REFLECTION_PACKAGES.contains(base.getClass().getPackageName())) {
            throw refused(base, name);
        }
    }

    private static boolean isData(Object base) {
        return base instanceof Map || base instanceof List || base.getClass().isArray();
    }

    private static boolean isFact(Object base, @Nullable Object property) {
        return (base instanceof DelegateExecution || base instanceof DelegateTask)
                && ModelExpressions.FACTS.contains(String.valueOf(property));
    }

    private static ELException refused(Object base, @Nullable Object name) {
        return new ELException("expressions may not use '" + name + "' of "
                + base.getClass().getSimpleName() + "; they may read variables and call the beans of models");
    }

    @Override
    @SuppressWarnings("NullAway") // the contract of resolvers: null and unresolved
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
