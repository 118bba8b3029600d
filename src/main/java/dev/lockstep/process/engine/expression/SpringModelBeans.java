package dev.lockstep.process.engine.expression;

import dev.lockstep.process.ModelBean;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.BeanFactory;

/** Allows the delegates and listeners of the package {@code dev.lockstep.process}, and what is marked as model bean. */
public final class SpringModelBeans implements ModelBeans {

    private static final String HOME = "dev.lockstep.process.";
    private static final List<Class<?>> CALLED_BY_THE_ENGINE =
            List.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class);

    private final BeanFactory beans;

    /** Looks beans up lazily, so that the engine can start before them. */
    public SpringModelBeans(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Optional<Class<?>> type(String name) {
        if (name.startsWith(BeanFactory.FACTORY_BEAN_PREFIX) || !beans.containsBean(name)) {
            return Optional.empty();
        }
        return Optional.<Class<?>>ofNullable(beans.getType(name, false)).filter(SpringModelBeans::allowed);
    }

    @Override
    public Optional<Object> bean(String name) {
        return type(name).map(type -> beans.getBean(name));
    }

    @Override
    public boolean includes(Object object) {
        return allowed(object.getClass());
    }

    private static boolean allowed(Class<?> type) {
        return ModelBean.class.isAssignableFrom(type)
                || (type.getName().startsWith(HOME)
                        && CALLED_BY_THE_ENGINE.stream().anyMatch(role -> role.isAssignableFrom(type)));
    }
}
