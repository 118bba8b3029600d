package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;

/**
 * Opens PostgreSQL targets. Settings of the endpoint:
 *
 * <ul>
 *   <li>{@code host}: name or address of the server; required
 *   <li>{@code port}: default 5432
 *   <li>{@code database}: where the administrator logs in; default {@code postgres}
 *   <li>{@code admin}: the administrator's role; required
 *   <li>{@code password}: the administrator's password, normally a reference; resolved for each call; required
 *   <li>{@code sslmode}: {@code disable}, {@code prefer}, {@code require}, {@code verify-ca} or {@code verify-full};
 *       default {@code verify-full}, for a loop-back host {@code prefer}
 *   <li>{@code sslrootcert}: file with the certificates to trust; default is the trust store of the Java platform
 *   <li>{@code connect-timeout}: longest time to reach the server; default {@code PT3S}
 *   <li>{@code call-timeout}: longest time for login and statements after that; default {@code PT5S}
 * </ul>
 *
 * <p>Settings of an account: {@code database} to log in to (default: the endpoint's) and {@code probe}, one SQL
 * statement that the account must be able to run (default {@code SELECT 1}).
 */
public final class PostgresqlTargetAdapter implements TargetAdapter {

    private final SecretReferences references;
    private final OutboundRules outbound;

    /** @param outbound which servers may be connected to */
    public PostgresqlTargetAdapter(SecretReferences references, OutboundRules outbound) {
        this.references = references;
        this.outbound = outbound;
    }

    @Override
    public String type() {
        return "postgresql";
    }

    @Override
    public Target open(Endpoint endpoint) {
        EndpointSettings settings = EndpointSettings.of(endpoint);
        outbound.objectionToHost(settings.host()).ifPresent(why -> {
            throw new InvalidInput("host", "host " + why);
        });
        return new PostgresqlTarget(settings, references, outbound);
    }
}
