package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Refuses references to credentials that there are none of, that are no login, or that need themselves. */
final class ManagedReferenceCheck {

    private static final List<Kind> KINDS = List.of(Kind.TARGET, Kind.STORE, Kind.CHANNEL, Kind.SIGNAL_SOURCE);

    private record Use(String user, Node setting, CredentialName credential) {}

    private final Set<String> names;
    private final SortedMap<CredentialName, Credential> credentials;
    private final Problems problems;
    private final List<Use> uses = new ArrayList<>();
    private final Map<String, List<String>> needs = new HashMap<>();

    /**
     * @param documents all that was read
     * @param credentials those that were accepted
     */
    ManagedReferenceCheck(Documents documents, SortedMap<CredentialName, Credential> credentials, Problems problems) {
        this.names = documents.names(Kind.CREDENTIAL);
        this.credentials = credentials;
        this.problems = problems;
        for (Kind kind : KINDS) {
            documents.of(kind).forEach(document -> collect(kind, document.node()));
        }
    }

    private void collect(Kind kind, Node document) {
        Optional<String> name = document.text("name");
        Optional<Node> settings = document.at("settings");
        if (name.isPresent() && settings.isPresent()) {
            String user = kind.schema() + ' ' + name.get();
            for (Node setting : settings.get().children()) {
                setting.text()
                        .flatMap(Reference::of)
                        .flatMap(Reference::credential)
                        .ifPresent(credential -> {
                            uses.add(new Use(user, setting, credential));
                            needs.computeIfAbsent(user, unused -> new ArrayList<>())
                                    .add(credential.value());
                        });
            }
        }
    }

    void run() {
        if (uses.isEmpty()) {
            return;
        }
        credentials.values().forEach(credential -> needs.put(credential.name().value(), endpoints(credential)));
        uses.forEach(this::check);
    }

    private static List<String> endpoints(Credential credential) {
        return Stream.concat(
                        Stream.of("target " + credential.target()),
                        Stream.concat(Stream.of(credential.store()), credential.mirrors().stream())
                                .map(store -> "store " + store))
                .toList();
    }

    private void check(Use use) {
        String name = use.credential().value();
        if (!names.contains(name)) {
            problems.add(use.setting(), "there is no credential '" + name + "'", Suggestion.of(name, names));
            return;
        }
        List<String> way = way(name, use.user());
        if (!way.isEmpty()) {
            problems.add(
                    use.setting(),
                    "leads back to itself: " + use.user() + " -> " + String.join(" -> ", way),
                    "let a target or store with a login of its own look after this credential");
            return;
        }
        Credential credential = credentials.get(use.credential());
        if (credential != null && credential.principals().size() > 1) {
            problems.add(
                    use.setting(),
                    "'" + name + "' takes turns between two accounts, so its secret alone is no login",
                    "give that credential a policy with the strategy in-place or overlap");
        }
    }

    /** The shortest way from one to the other; empty when there is none. */
    private List<String> way(String from, String to) {
        Map<String, String> cameFrom = new HashMap<>(Map.of(from, ""));
        Deque<String> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            String at = next.remove();
            if (at.equals(to)) {
                return back(at, cameFrom);
            }
            for (String needed : needs.getOrDefault(at, List.of())) {
                if (cameFrom.putIfAbsent(needed, at) == null) {
                    next.add(needed);
                }
            }
        }
        return List.of();
    }

    private static List<String> back(String end, Map<String, String> cameFrom) {
        Deque<String> way = new ArrayDeque<>();
        for (String at = end; !at.isEmpty(); at = cameFrom.getOrDefault(at, "")) {
            way.addFirst(at);
        }
        return List.copyOf(way);
    }
}
