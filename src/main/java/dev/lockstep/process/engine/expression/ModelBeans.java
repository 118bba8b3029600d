package dev.lockstep.process.engine.expression;

import java.util.Optional;

/** The beans that process models may name; all others do not exist for them. */
public interface ModelBeans {

    /** The class of an allowed bean; empty when models may not name it. */
    Optional<Class<?>> type(String name);

    /** The allowed bean itself; empty when models may not name it. */
    Optional<Object> bean(String name);

    /** Whether the object is of a kind that models may call. */
    boolean includes(Object object);
}
