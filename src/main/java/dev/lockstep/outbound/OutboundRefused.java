package dev.lockstep.outbound;

import dev.lockstep.domain.OutboundRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** No connection was made, because Lockstep must not connect to that address. The message says why and what to do. */
public final class OutboundRefused extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private OutboundRefused(String message) {
        super(message);
    }

    /** @throws OutboundRefused when one of the addresses that a host leads to must not be connected to */
    public static void check(OutboundRules rules, String host, InetAddress... addresses) throws OutboundRefused {
        for (InetAddress address : addresses) {
            String why = rules.objection(address).orElse("");
            if (!why.isEmpty()) {
                throw new OutboundRefused("the address " + address.getHostAddress() + " of " + host + ' ' + why);
            }
        }
    }

    /** The refusal that is the reason of a failure, or null when it has another one. */
    public static @Nullable OutboundRefused in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutboundRefused refused) {
                return refused;
            }
        }
        return null;
    }
}
