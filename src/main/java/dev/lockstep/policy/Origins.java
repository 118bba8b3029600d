package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the files say what applies to a credential.
 *
 * @param policies the document of each policy
 * @param named where a credential names its policy; those that do not are missing
 */
record Origins(Map<String, Node> policies, Map<CredentialName, Place> named) {

    Origins {
        policies = Map.copyOf(policies);
        named = Map.copyOf(named);
    }

    static Origins of(List<Documents.Document> policies, Map<CredentialName, Place> named) {
        Map<String, Node> byName = new HashMap<>();
        policies.forEach(
                policy -> policy.node().text("name").ifPresent(name -> byName.putIfAbsent(name, policy.node())));
        return new Origins(byName, named);
    }
}
