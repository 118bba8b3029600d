package dev.lockstep.process;

import dev.lockstep.port.Operations;
import dev.lockstep.port.StepTracer;
import org.springframework.stereotype.Component;

/** What every delegate needs besides its step. */
@Component
record StepKit(Operations operations, StepTracer tracer, Failures failures) {}
