package dev.lockstep.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wrote into the request for a new credential; once issued, it stands in the ledger in place of a
 * document in the configuration. Never a secret.
 *
 * @param name its canonical name; the first segment is its environment
 * @param owner the group that answers for it
 * @param kind its class, for example {@code database-user}
 * @param target name of the target at which the account is made
 * @param store name of the store where applications read it
 * @param mirrors names of further stores that are kept equal
 * @param policy name of the policy that applies
 * @param principals the accounts to be made: one, or the pair of {@code alternating}
 * @param settings the target's settings for this account
 * @param consumers the applications that will use it
 * @param labels free labels
 * @param expires when its life ends; empty when somebody has to ask for that
 */
public record Definition(
        CredentialName name,
        String owner,
        String kind,
        String target,
        String store,
        List<String> mirrors,
        String policy,
        List<String> principals,
        Map<String, String> settings,
        List<String> consumers,
        Map<String, String> labels,
        Optional<Expiry> expires) {

    public Definition {
        mirrors = List.copyOf(mirrors);
        principals = List.copyOf(principals);
        settings = Map.copyOf(settings);
        consumers = List.copyOf(consumers);
        labels = Map.copyOf(labels);
    }

    /** The same with these principals. */
    public Definition withPrincipals(List<String> others) {
        return new Definition(
                name, owner, kind, target, store, mirrors, policy, others, settings, consumers, labels, expires);
    }

    /** The credential under the policy of that name; throws {@link InvalidInput} when its principals do not fit. */
    public Credential under(Policy applies) {
        return new Credential(
                name,
                owner,
                kind,
                target,
                store,
                mirrors,
                principals,
                settings,
                applies,
                consumers.stream().map(Consumer::named).toList(),
                labels,
                Optional.empty());
    }
}
