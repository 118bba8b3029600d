package dev.lockstep.testing;

import dev.lockstep.domain.OutboundRules;
import java.util.List;

/** The servers of the tests listen on this machine only. */
public final class Loopback {

    /** Lets them be connected to. */
    public static final OutboundRules ALLOWED = OutboundRules.of(List.of("loopback"), List.of());

    private Loopback() {}
}
