package dev.lockstep.observe;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Care taken around every call of a port. */
@FunctionalInterface
interface Around {

    /** Calls {@link Call#proceed} exactly once and passes on what it returns or throws, translated where needed. */
    @Nullable
    Object call(Call call) throws Throwable;

    /** Takes this care inside {@code outer}'s. */
    default Around within(Around outer) {
        return call -> outer.call(new Call(call.method(), call.arguments(), () -> this.call(call)));
    }

    /** One call of a port's method on its way to the original. */
    record Call(Method method, List<@Nullable Object> arguments, Way way) {

        /** Goes on to the original. */
        @Nullable
        Object proceed() throws Throwable {
            return way.proceed();
        }

        /** The method's name, for example {@code verifyDead}. */
        String name() {
            return method.getName();
        }

        /** Whether the method may talk to the outside; asking for the time-out does not. */
        boolean outside() {
            return !name().equals("timeout");
        }
    }

    /** The rest of the way of a call. */
    @FunctionalInterface
    interface Way {
        @Nullable
        Object proceed() throws Throwable;
    }
}
