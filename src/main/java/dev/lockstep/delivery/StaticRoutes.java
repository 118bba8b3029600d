package dev.lockstep.delivery;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The route of static roles, of the mount {@code database}: the name of a role is that of the credential. */
final class StaticRoutes {

    /** The mount. */
    static final String MOUNT = "database";

    private static final String ROTATION = "rotation";
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Deliveries deliveries;
    private final Operations operations;
    private final Clock clock;

    StaticRoutes(Deliveries deliveries, Operations operations, Clock clock) {
        this.deliveries = deliveries;
        this.operations = operations;
        this.clock = clock;
    }

    Reply credentials(Caller caller, String path) {
        Deliveries.Delivered read = deliveries.read(caller, path, OptionalInt.empty());
        Duration left = left(read);
        Duration period = period(read.credential(), left);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("username", read.version().principal());
        data.put("password", read.value());
        data.put("last_vault_rotation", read.version().createdAt().toString());
        data.put("rotation_period", period.toSeconds());
        data.put("ttl", left.toSeconds());
        return Reply.data(data);
    }

    /**
     * How long until the next version is there, in whole seconds. Clients come back one second later: while a rotation
     * is due or under way they come back soon, and find the new version right after it is promoted.
     */
    private Duration left(Deliveries.Delivered read) {
        Instant next = read.standing().nextRotationAt();
        Duration until = next == null ? idle(read.credential()) : Duration.between(clock.instant(), next);
        if (until.compareTo(SOON) < 0 || underWay(read.version())) {
            return SOON;
        }
        return until;
    }

    /** Whether a rotation is on its way that has not made this version yet. */
    private boolean underWay(Version version) {
        return operations
                .active(version.ref().credential())
                .filter(active -> active.process().equals(ROTATION) || active.priority() >= Operation.EMERGENCY)
                .filter(active -> version.operation() == null || active.id() != version.operation())
                .isPresent();
    }

    /** One that is rotated on demand is looked at so often that nobody misses a grace. */
    private static Duration idle(Credential credential) {
        Duration half = credential.policy().grace().atMost().dividedBy(2);
        return half.compareTo(SOON) < 0 ? SOON : half.compareTo(LONGEST) > 0 ? LONGEST : half;
    }

    private static Duration period(Credential credential, Duration left) {
        return credential.policy().schedule() instanceof Schedule.Interval interval ? interval.every() : left;
    }
}
