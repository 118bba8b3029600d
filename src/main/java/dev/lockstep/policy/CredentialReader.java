package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads single documents of the kind {@code Credential}. */
final class CredentialReader {

    /**
     * What credentials may refer to.
     *
     * @param targets names of the targets, also of refused ones
     * @param stores names of the stores, also of refused ones
     * @param policies the policies that were accepted
     */
    record Known(Set<String> targets, Set<String> stores, Map<String, Policy> policies) {}

    private record Account(String target, String principal) {}

    private record Claim(Place document, Place principal) {}

    private final Known known;
    private final AccountSettingsCheck accountSettings;
    private final PolicyChoice choice;
    private final Problems problems;
    private final Map<Account, Claim> accounts = new HashMap<>();
    private final Map<CredentialName, Place> named = new HashMap<>();
    private final Map<Object, Object> pool = new HashMap<>();

    CredentialReader(Known known, AccountSettingsCheck accountSettings, PolicyChoice choice, Problems problems) {
        this.known = known;
        this.accountSettings = accountSettings;
        this.choice = choice;
        this.problems = problems;
    }

    /** The credential; empty when anything about it was refused. */
    Optional<Credential> read(Documents.Document read) {
        int before = problems.reported();
        Node document = read.node();
        Fields fields = new Fields(document, problems);
        Optional<CredentialName> name = fields.at("name").flatMap(this::name);
        fields.at("target").ifPresent(node -> refer(node, "target", known.targets()));
        fields.at("store").ifPresent(node -> refer(node, "store", known.stores()));
        mirrors(fields);
        fields.at("settings").ifPresent(node -> accountSettings.check(fields.text("target"), node, problems));
        List<Node> principals = principals(fields);
        Optional<Policy> policy = choice.of(fields, name)
                .flatMap(used -> Optional.ofNullable(known.policies().get(used)));
        policy.ifPresent(used -> count(fields, principals, used));
        Neighbours neighbours = NeighboursReader.read(fields);
        if (name.isEmpty() || policy.isEmpty() || !read.sound() || problems.reported() > before) {
            return Optional.empty();
        }
        fields.at("policy").ifPresent(node -> named.put(name.get(), node.place()));
        return Optional.of(new Credential(
                name.get(),
                shared(fields.text("owner").orElseThrow()),
                shared(fields.text("class").orElseThrow()),
                shared(fields.text("target").orElseThrow()),
                shared(fields.text("store").orElseThrow()),
                shared(List.copyOf(fields.texts(List.of(), "mirrors"))),
                principals.stream().flatMap(node -> node.text().stream()).toList(),
                shared(Map.copyOf(fields.at("settings").map(Settings::texts).orElse(Map.of()))),
                policy.get(),
                shared(List.copyOf(ConsumersReader.read(fields))),
                shared(Map.copyOf(fields.at("labels").map(Settings::texts).orElse(Map.of()))),
                fields.text("initial"),
                fields.texts(List.of(), "derived-from").stream()
                        .map(CredentialName::of)
                        .collect(Collectors.toSet()),
                neighbours));
    }

    /** Where the credentials read so far name their policy; those that do not are missing. */
    Map<CredentialName, Place> named() {
        return named;
    }

    /** Thousands of credentials have the same owner, settings and consumers; one of each is kept. */
    @SuppressWarnings("unchecked")
    private <T> T shared(T value) {
        return (T) pool.computeIfAbsent(value, first -> first);
    }

    private Optional<CredentialName> name(Node node) {
        try {
            return node.text().map(CredentialName::of);
        } catch (InvalidInput e) {
            problems.add(node, Echo.of(node) + " is not accepted", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void refer(Node node, String noun, Set<String> names) {
        node.text()
                .filter(name -> !names.contains(name))
                .ifPresent(name ->
                        problems.add(node, "there is no " + noun + " " + Echo.of(node), Suggestion.of(name, names)));
    }

    private void mirrors(Fields fields) {
        Optional<String> store = fields.text("store");
        for (Node mirror : fields.at("mirrors").map(Node::children).orElse(List.of())) {
            refer(mirror, "store", known.stores());
            if (mirror.text().isPresent() && mirror.text().equals(store)) {
                problems.add(mirror, Echo.of(mirror) + " is the store itself", "name further stores only");
            }
        }
    }

    private List<Node> principals(Fields fields) {
        List<Node> nodes = fields.at("principals")
                .map(Node::children)
                .orElseGet(() -> fields.at("principal").stream().toList());
        fields.text("target").ifPresent(target -> nodes.forEach(node -> claim(target, node, fields.document())));
        return nodes;
    }

    private void claim(String target, Node principal, Node document) {
        if (principal.text().isEmpty()) {
            return;
        }
        Account account = new Account(target, principal.text().get());
        Claim first = accounts.putIfAbsent(account, new Claim(document.place(), principal.place()));
        if (first != null && !first.document().equals(document.place())) {
            problems.add(
                    principal,
                    Echo.of(principal) + " belongs to another credential already, at " + first.principal(),
                    "one account has one credential, or each rotation would break the other");
        }
    }

    private void count(Fields fields, List<Node> principals, Policy policy) {
        int wanted = policy.strategy() == Strategy.ALTERNATING ? 2 : 1;
        Optional<Node> node = fields.at("principals").or(() -> fields.at("principal"));
        if (node.isPresent() && principals.size() != wanted) {
            problems.add(
                    node.get(),
                    "has " + principals.size() + " of " + wanted + " accounts, which the strategy "
                            + policy.strategy().label() + " of the policy " + policy.name() + " takes",
                    wanted == 2 ? "write principals: [one, other]" : "write principal: name");
        }
    }
}
