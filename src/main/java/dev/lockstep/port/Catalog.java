package dev.lockstep.port;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.TargetLimits;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The configuration as it stands now, and the credentials that were issued on request: consistent, validated, without
 * secrets.
 */
public interface Catalog {

    /** One credential; empty when neither the configuration nor the ledger describes it. */
    Optional<Credential> credential(CredentialName name);

    /** All credentials, in the order of their names. */
    Collection<Credential> credentials();

    /**
     * What a leak of the credential may open as well: those that are derived from it, and those with an account of the
     * same name at whatever target, itself among them.
     */
    Collection<Credential> relatives(Credential leaked);

    /** Those of the configuration alone; the same object as long as the configuration is the same. */
    Collection<Credential> configured();

    /** Whether the credential stands in the configuration; one that was issued on request does not. */
    boolean configured(CredentialName name);

    /**
     * Who logs in with the credential on behalf of Lockstep itself, for example {@code target orders-db}; nobody for
     * most of them.
     */
    default List<String> usersOf(CredentialName name) {
        return List.of();
    }

    /** What the schema of its class needs and the credential lacks, in a sentence; empty when it lacks nothing. */
    default Optional<String> lack(Credential credential) {
        return Optional.empty();
    }

    /** All policies, in the order of their names. */
    Collection<Policy> policies();

    /** All targets, in the order of their names. */
    Collection<Endpoint> targets();

    /** How gently a target is treated; the default also for a name that is not configured. */
    default TargetLimits limits(String target) {
        return TargetLimits.DEFAULT;
    }

    /** All stores, in the order of their names. */
    Collection<Endpoint> stores();
}
