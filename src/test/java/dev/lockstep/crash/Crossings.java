package dev.lockstep.crash;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.LoginResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Numbers the calls through ports, remembers those that took effect, and lets a test interfere with each. */
final class Crossings {

    /** Tells a setting of the configuration, so there is nothing to go wrong. */
    private static final Set<String> NOT_OUTSIDE = Set.of("Target.timeout");

    private static final Interference NONE = (call, side) -> {};

    private final ThreadLocal<Boolean> observing = ThreadLocal.withInitial(() -> false);
    private final List<Call> done = new CopyOnWriteArrayList<>();
    private volatile Interference interference = NONE;
    private int last;

    /** Something that may go wrong at a call. */
    @FunctionalInterface
    interface Interference {
        void meet(Call call, Side side);
    }

    /** Thrown before a call: it is not made, and its caller gets this answer. */
    static final class Instead extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Object answer;

        Instead(Object answer) {
            super("an answer of the test", null, false, false);
            this.answer = answer;
        }
    }

    /**
     * One call through a port.
     *
     * @param number counts from 1 since the numbering began
     * @param about the first argument as it prints
     * @param refused whether it was a login that the target refused
     */
    record Call(int number, String port, String method, String about, boolean refused) {

        String label() {
            return port + '.' + method;
        }
    }

    /** Puts the numbering in front of everything that a bean is to the outside. */
    @SuppressWarnings("unchecked")
    <T> T around(Class<T> port, T bean) {
        Set<Class<?>> interfaces = new LinkedHashSet<>(List.of(port));
        interfaces.addAll(Arrays.asList(bean.getClass().getInterfaces()));
        interfaces.removeIf(type -> !type.getName().startsWith("dev.lockstep.port."));
        return (T) Proxy.newProxyInstance(
                port.getClassLoader(), interfaces.toArray(Class<?>[]::new), (proxy, method, arguments) -> {
                    String name = port.getSimpleName() + '.' + method.getName();
                    if (observing.get() || method.getDeclaringClass() == Object.class || NOT_OUTSIDE.contains(name)) {
                        return invoke(bean, method, arguments);
                    }
                    String about = arguments == null ? "" : String.valueOf(arguments[0]);
                    Call call = new Call(next(), port.getSimpleName(), method.getName(), about, false);
                    return cross(call, bean, method, arguments);
                });
    }

    private @Nullable Object cross(Call call, Object bean, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            interference.meet(call, Side.BEFORE);
        } catch (Instead other) {
            return other.answer;
        }
        Object result = invoke(bean, method, arguments);
        done.add(new Call(call.number(), call.port(), call.method(), call.about(), result == LoginResult.REFUSED));
        interference.meet(call, Side.AFTER);
        return result;
    }

    private static @Nullable Object invoke(Object bean, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized int next() {
        return ++last;
    }

    /** Numbers from 1 again and interferes from now on. */
    synchronized void begin(Interference with) {
        last = 0;
        done.clear();
        interference = with;
    }

    /** Goes on counting, but lets everything pass. */
    void pass() {
        interference = NONE;
    }

    /** Interferes from now on, and goes on counting. */
    void interfere(Interference with) {
        interference = with;
    }

    /** Runs an observer's own calls, which are neither numbered nor interfered with. */
    <T> T observe(Supplier<T> look) {
        boolean before = observing.get();
        observing.set(true);
        try {
            return look.get();
        } finally {
            observing.set(before);
        }
    }

    /** The calls that took effect since the numbering began. */
    List<Call> done() {
        return new ArrayList<>(done);
    }

    /** How often one of these calls took effect since the numbering began. */
    int count(String... labels) {
        List<String> wanted = List.of(labels);
        return (int) done.stream().filter(call -> wanted.contains(call.label())).count();
    }

    /** The calls about one credential's accounts that reached the target since the numbering began. */
    List<Call> atTarget(CredentialName credential) {
        String account = "credential=" + credential + ',';
        return done.stream()
                .filter(call -> call.port().equals("Target") && call.about().contains(account))
                .toList();
    }
}
