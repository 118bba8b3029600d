package dev.lockstep.lifecycle;

import org.springframework.stereotype.Component;

/** Shuts a credential: its principals accept no secret any more, and none of its versions is read or ever restored. */
@Component
public class ContainCredential {

    private final RevokeAtTarget revoke;
    private final StopDelivery stop;
    private final ProveRevoked prove;

    ContainCredential(RevokeAtTarget revoke, StopDelivery stop, ProveRevoked prove) {
        this.revoke = revoke;
        this.stop = stop;
        this.prove = prove;
    }

    /** All that belongs to it, in one go. */
    public void run(long operationId) {
        revoke.run(operationId);
        stop.run(operationId);
        prove.run(operationId);
    }
}
