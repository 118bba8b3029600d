package dev.lockstep.process;

/**
 * Marks a bean whose methods a process model may call in an expression, for example {@code ${grace.over(credential)}}.
 * Every other bean is invisible to models.
 */
public interface ModelBean {}
