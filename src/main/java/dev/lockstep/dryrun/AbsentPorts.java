package dev.lockstep.dryrun;

import dev.lockstep.port.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.util.ClassUtils;

/** Stands in for every port that the simulated world has nothing for: it takes everything, and knows nothing. */
final class AbsentPorts implements BeanDefinitionRegistryPostProcessor {

    private static final String PORTS = Target.class.getPackageName();

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (Class<?> port : ports(beans)) {
            if (beans.getBeanNamesForType(port, true, false).length == 0
                    && beans instanceof BeanDefinitionRegistry all) {
                all.registerBeanDefinition("absent" + port.getSimpleName(), definition(port));
            }
        }
    }

    private static <P> BeanDefinition definition(Class<P> port) {
        return BeanDefinitionBuilder.genericBeanDefinition(port, () -> absent(port))
                .getBeanDefinition();
    }

    private static List<Class<?>> ports(ConfigurableListableBeanFactory beans) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isInterface()
                        && definition.getMetadata().getEnclosingClassName() == null;
            }
        };
        scanner.addIncludeFilter((reader, factory) -> true);
        return scanner.findCandidateComponents(PORTS).stream()
                .<Class<?>>map(definition -> ClassUtils.resolveClassName(
                        String.valueOf(definition.getBeanClassName()), beans.getBeanClassLoader()))
                .toList();
    }

    private static <P> P absent(Class<P> port) {
        InvocationHandler handler = (proxy, method, arguments) -> answer(port, proxy, method, arguments);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private static @Nullable Object answer(Class<?> port, Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "absent " + port.getSimpleName();
            };
        }
        return nothing(method.getReturnType());
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == Set.class) {
            return Set.of();
        }
        if (type == List.class || type == Collection.class) {
            return List.of();
        }
        if (type == String.class) {
            return "";
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }
}
