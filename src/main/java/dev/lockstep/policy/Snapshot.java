package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Route;
import dev.lockstep.domain.TargetLimits;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that the configuration files say, checked, at one moment. Immutable; in the order of names. */
record Snapshot(
        SortedMap<String, Policy> policies,
        SortedMap<String, Endpoint> targets,
        SortedMap<String, Endpoint> stores,
        SortedMap<CredentialName, Credential> credentials,
        SortedMap<String, Route> channels,
        SortedMap<String, TargetLimits> limits,
        PolicyRules rules,
        Origins origins) {

    Snapshot {
        policies = frozen(policies);
        targets = frozen(targets);
        stores = frozen(stores);
        credentials = frozen(credentials);
        channels = frozen(channels);
        limits = frozen(limits);
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> frozen(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
