package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuses a definition that is malformed or names what does not exist, by the rules of the configuration. */
public final class DefinitionCheck {

    private static final int MOST_SETTINGS = 20;
    private static final int MOST_CONSUMERS = 100;
    private static final int MOST_LABELS = 50;
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PRINCIPAL = Pattern.compile("[^\\p{Cntrl}\\p{Cf}]{1,128}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,62}");
    private static final Pattern CONSUMER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,127}");
    private static final Pattern SETTING = Pattern.compile("[^\\p{Cntrl}\\p{Cf}]{1,4000}");
    private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}\\p{Cf}]{0,255}");

    private final Catalog catalog;

    /** @param catalog knows targets, stores, policies and the accounts that are taken */
    public DefinitionCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @throws InvalidInput with the first field that is wrong */
    public void check(Definition definition) {
        matches("owner", OWNER, definition.owner(), "letters, digits, '-', '_' and '.', at most 63 characters");
        matches("kind", KIND, definition.kind(), "lower-case letters, digits and '-', at most 63 characters");
        known("target", definition.target(), names(catalog.targets()));
        known("store", definition.store(), names(catalog.stores()));
        list("mirrors", definition.mirrors(), MOST_SETTINGS);
        definition.mirrors().forEach(mirror -> mirror(mirror, definition));
        known(
                "policy",
                definition.policy(),
                catalog.policies().stream().map(Policy::name).collect(Collectors.toSet()));
        principals(definition);
        map("settings", definition.settings(), MOST_SETTINGS, SETTING);
        definition.settings().keySet().stream()
                .filter(Settings::isSecret)
                .findFirst()
                .ifPresent(key -> {
                    throw new InvalidInput(
                            "settings", "the setting " + key + " looks like a secret, which has no place here");
                });
        map("labels", definition.labels(), MOST_LABELS, LABEL);
        list("consumers", definition.consumers(), MOST_CONSUMERS);
        definition
                .consumers()
                .forEach(name -> matches(
                        "consumers", CONSUMER, name, "letters, digits, '-', '_', '.' and '/', at most 128 characters"));
    }

    private void mirror(String mirror, Definition definition) {
        known("mirrors", mirror, names(catalog.stores()));
        if (mirror.equals(definition.store())) {
            throw new InvalidInput("mirrors", mirror + " is the store itself; name further stores only");
        }
    }

    private static Set<String> names(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::name).collect(Collectors.toSet());
    }

    private void principals(Definition definition) {
        Policy policy = catalog.policies().stream()
                .filter(known -> known.name().equals(definition.policy()))
                .findFirst()
                .orElseThrow();
        int wanted = policy.strategy().accounts();
        if (definition.principals().size() != wanted) {
            throw new InvalidInput(
                    "principals",
                    "the strategy " + policy.strategy().label() + " takes " + wanted
                            + (wanted == 1 ? " principal" : " principals"));
        }
        list("principals", definition.principals(), wanted);
        definition.principals().forEach(principal -> {
            matches("principals", PRINCIPAL, principal, "1 to 128 characters without control characters");
            catalog.credentials().stream()
                    .filter(other -> takes(other, definition, principal))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new InvalidInput(
                                "principals",
                                "the account " + principal + " belongs to the credential " + other.name() + " already");
                    });
        });
    }

    private static boolean takes(Credential other, Definition definition, String principal) {
        return other.target().equals(definition.target())
                && !other.name().equals(definition.name())
                && other.principals().contains(principal);
    }

    private static void known(String field, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new InvalidInput(
                    field,
                    "nothing of that name is configured; there are "
                            + names.stream().sorted().limit(MOST_LABELS).toList());
        }
    }

    private static void map(String field, Map<String, String> map, int most, Pattern value) {
        list(field, List.copyOf(map.keySet()), most);
        map.forEach((key, content) -> {
            matches(field, KEY, key, "keys of letters, digits, '-', '_', '.' and '/', at most 63 characters");
            matches(field, value, content, "values without control characters that are not too long");
        });
    }

    private static void list(String field, List<String> list, int most) {
        if (list.size() > most || new HashSet<>(list).size() < list.size()) {
            throw new InvalidInput(field, field + " has at most " + most + " entries, each once");
        }
    }

    private static void matches(String field, Pattern pattern, String text, String allowed) {
        if (!pattern.matcher(text).matches()) {
            throw new InvalidInput(field, field + ": " + allowed);
        }
    }
}
