package dev.lockstep.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One credential as the configuration describes it.
 *
 * @param name its canonical name
 * @param owner the group that answers for it
 * @param kind its class, for example {@code database-user}
 * @param target name of the target that accepts it
 * @param store name of the store where applications read it
 * @param mirrors names of further stores that are kept equal
 * @param principals the accounts at the target: one, or the pair of {@code alternating}
 * @param settings the target's settings for this account; no secrets
 * @param policy the policy that applies
 * @param consumers the applications that use it
 * @param labels free labels
 * @param initial reference to the value in use at the time of adoption, for example {@code ${env:ORDERS_PW}}; adopted
 *     as version 1 without rotating
 * @param derivedFrom the credentials that this one is made from or protected by: when one of them leaks, so has this
 * @param neighbours which other credentials its rotation has to mind
 */
public record Credential(
        CredentialName name,
        String owner,
        String kind,
        String target,
        String store,
        List<String> mirrors,
        List<String> principals,
        Map<String, String> settings,
        Policy policy,
        List<Consumer> consumers,
        Map<String, String> labels,
        Optional<String> initial,
        Set<CredentialName> derivedFrom,
        Neighbours neighbours) {
    public Credential {
        derivedFrom = Set.copyOf(derivedFrom);
        mirrors = List.copyOf(mirrors);
        principals = List.copyOf(principals);
        settings = Map.copyOf(settings);
        consumers = List.copyOf(consumers);
        labels = Map.copyOf(labels);
        int wanted = policy.strategy().accounts();
        if (principals.size() != wanted) {
            throw new InvalidInput(
                    "principals", "strategy " + policy.strategy().label() + " takes " + wanted + " principal(s)");
        }
    }

    /** A credential that stands on its own. */
    public Credential(
            CredentialName name,
            String owner,
            String kind,
            String target,
            String store,
            List<String> mirrors,
            List<String> principals,
            Map<String, String> settings,
            Policy policy,
            List<Consumer> consumers,
            Map<String, String> labels,
            Optional<String> initial) {
        this(
                name,
                owner,
                kind,
                target,
                store,
                mirrors,
                principals,
                settings,
                policy,
                consumers,
                labels,
                initial,
                Set.of(),
                Neighbours.NONE);
    }

    /** The account that a version on {@code principal} belongs to. */
    public Account account(String principal) {
        Optional<String> twin =
                principals.stream().filter(other -> !other.equals(principal)).findFirst();
        return new Account(name, principal, twin, settings);
    }

    /** The principal of the next version when {@code current} is in use now. */
    public String principalAfter(Optional<String> current) {
        return principals.stream()
                .filter(candidate -> current.isEmpty() || !candidate.equals(current.get()))
                .findFirst()
                .orElse(principals.get(0));
    }
}
