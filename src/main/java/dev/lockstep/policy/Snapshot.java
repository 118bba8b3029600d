package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.Route;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.domain.TargetLimits;
import java.util.Collection;
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
        SortedMap<String, Identity> identities,
        SortedMap<String, SignalSource> sources,
        SortedMap<String, ReadRule> readRules,
        SortedMap<String, SecretSchema> schemas,
        SortedMap<String, TargetLimits> limits,
        PolicyRules rules,
        Origins origins) {

    Snapshot {
        policies = frozen(policies);
        targets = frozen(targets);
        stores = frozen(stores);
        credentials = frozen(credentials);
        channels = frozen(channels);
        identities = frozen(identities);
        sources = frozen(sources);
        readRules = frozen(readRules);
        schemas = frozen(schemas);
        limits = frozen(limits);
    }

    /** The same with these credentials. */
    Snapshot with(Collection<Credential> all) {
        if (all.size() == credentials.size()) {
            return this;
        }
        SortedMap<CredentialName, Credential> byName = new TreeMap<>();
        all.forEach(credential -> byName.put(credential.name(), credential));
        return new Snapshot(
                policies,
                targets,
                stores,
                byName,
                channels,
                identities,
                sources,
                readRules,
                schemas,
                limits,
                rules,
                origins);
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> frozen(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
