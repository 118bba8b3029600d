package dev.lockstep.observe;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** Stands in front of a port and has every interface of the original, so that rare abilities stay visible. */
final class PortProxy implements InvocationHandler {

    private final Object original;
    private final Around around;

    private PortProxy(Object original, Around around) {
        this.original = original;
        this.around = around;
    }

    /** A stand-in for {@code original} as {@code port} and as everything else that it implements. */
    static <T> T of(Class<T> port, T original, Around around) {
        Class<?>[] interfaces = ClassUtils.getAllInterfaces(original);
        ClassLoader loader = original.getClass().getClassLoader();
        return port.cast(Proxy.newProxyInstance(loader, interfaces, new PortProxy(original, around)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, given);
        }
        List<@Nullable Object> seen = Collections.unmodifiableList(Arrays.asList(given));
        return around.call(
                new Around.Call(method, seen, () -> AopUtils.invokeJoinpointUsingReflection(original, method, given)));
    }

    private @Nullable Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        return method.getName().equals("equals")
                ? proxy == arguments[0]
                : AopUtils.invokeJoinpointUsingReflection(original, method, arguments);
    }
}
