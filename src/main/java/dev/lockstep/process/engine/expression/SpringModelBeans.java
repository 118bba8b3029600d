package dev.lockstep.process.engine.expression;

import dev.lockstep.process.ModelBean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.BeanFactory;

/** Allows the delegates and listeners of the package {@code dev.lockstep.process}, and what is marked as model bean. */
public final class SpringModelBeans implements ModelBeans {

    private static final String HOME = "dev.lockstep.process.";
    private static final List<Class<?>> ROLES =
            List.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class, ModelBean.class);

    private final BeanFactory beans;
    private final Map<String, Object> found = new ConcurrentHashMap<>();

    /** Looks beans up lazily, so that the engine can start before them. */
    public SpringModelBeans(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Optional<Class<?>> type(String name) {
        return bean(name).map(Object::getClass);
    }

    @Override
    public Optional<Object> bean(String name) {
        Object known = found.get(name);
        return known == null ? look(name) : Optional.of(known);
    }

    private Optional<Object> look(String name) {
        Optional<Object> bean =
                mayBeAllowed(name) ? Optional.of(beans.getBean(name)).filter(this::includes) : Optional.empty();
        bean.filter(singleton -> beans.isSingleton(name)).ifPresent(singleton -> found.put(name, singleton));
        return bean;
    }

    @Override
    public boolean includes(Object object) {
        Class<?> type = object.getClass();
        return object instanceof ModelBean
                || (type.getName().startsWith(HOME) && ROLES.stream().anyMatch(role -> role.isInstance(object)));
    }

    /** By its declared type, so that a bean which models cannot mean is not even created. */
    private boolean mayBeAllowed(String name) {
        return !name.startsWith(BeanFactory.FACTORY_BEAN_PREFIX)
                && beans.containsBean(name)
                && ROLES.stream().anyMatch(role -> beans.isTypeMatch(name, role));
    }
}
