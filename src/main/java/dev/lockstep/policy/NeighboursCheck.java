package dev.lockstep.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Refuses neighbours that are not there, groups of one, and orders in which nobody could begin. */
final class NeighboursCheck {

    private final Problems problems;
    private final Map<String, List<Node>> after = new TreeMap<>();
    private final Map<String, List<Node>> groups = new LinkedHashMap<>();

    NeighboursCheck(Problems problems) {
        this.problems = problems;
    }

    /** Remembers what one credential says of others. */
    void note(Documents.Document credential) {
        Node node = credential.node();
        node.at("apart", "group")
                .filter(group -> group.text().isPresent())
                .ifPresent(group -> groups.computeIfAbsent(group.text().orElseThrow(), first -> new ArrayList<>(2))
                        .add(group));
        Optional<List<Node>> first = node.at("after").map(Node::children);
        Optional<String> name = node.text("name");
        if (name.isPresent() && first.isPresent()) {
            after.putIfAbsent(name.get(), first.get());
        }
    }

    /**
     * After all have been noted.
     *
     * @param names the names of all credentials, also of refused ones
     */
    void check(Set<String> names) {
        after.forEach((name, first) -> first.forEach(node -> known(name, node, names)));
        groups.values().stream().filter(members -> members.size() == 1).forEach(members -> alone(members.get(0)));
        circle();
    }

    private void known(String name, Node node, Set<String> names) {
        String other = node.text().orElse(name);
        if (!names.contains(other)) {
            problems.add(node, "there is no credential " + Echo.of(node), Suggestion.of(other, names));
        }
    }

    private void alone(Node group) {
        problems.add(
                group,
                "there is no other credential in the group " + Echo.of(group),
                "name the group in each credential that is to be kept apart; known: "
                        + String.join(", ", groups.keySet()));
    }

    /** The first circle, written out; each is a mistake of its own, but they often share a cause. */
    private void circle() {
        Set<String> clean = new HashSet<>();
        for (String name : after.keySet()) {
            List<String> path = new ArrayList<>();
            if (leadsBack(name, path, clean)) {
                String start = path.get(path.size() - 1);
                List<String> circle = path.subList(path.indexOf(start), path.size());
                problems.add(
                        step(start, circle.get(1)),
                        "nobody could begin: " + String.join(" waits for ", circle),
                        "take one of them out of the list after of another");
                return;
            }
        }
    }

    /** Follows the order from a name; true as soon as the path comes to a name for the second time. */
    private boolean leadsBack(String name, List<String> path, Set<String> clean) {
        if (clean.contains(name)) {
            return false;
        }
        boolean again = path.contains(name);
        path.add(name);
        if (again) {
            return true;
        }
        for (Node next : after.getOrDefault(name, List.of())) {
            if (next.text().isPresent() && leadsBack(next.text().get(), path, clean)) {
                return true;
            }
        }
        path.remove(path.size() - 1);
        clean.add(name);
        return false;
    }

    private Node step(String from, String to) {
        return after.getOrDefault(from, List.of()).stream()
                .filter(node -> node.text().filter(to::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
