package dev.lockstep.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Says which names would have been right, the nearest one first. */
final class Suggestion {

    private static final int NEAR = 3;
    private static final int LISTED = 20;

    private Suggestion() {}

    /** Advice for a name that is none of the known ones. */
    static String of(String wrong, Collection<String> known) {
        if (known.isEmpty()) {
            return "there is none yet";
        }
        List<String> sorted = known.stream().sorted().toList();
        String nearest = sorted.stream()
                .min(Comparator.comparingInt(name -> distance(wrong, name)))
                .orElseThrow();
        String hint = distance(wrong, nearest) <= NEAR ? "did you mean " + nearest + "? " : "";
        String more = sorted.size() > LISTED ? ", ..." : "";
        return hint + "known: " + String.join(", ", sorted.subList(0, Math.min(LISTED, sorted.size()))) + more;
    }

    private static int distance(String one, String other) {
        int distance = new LevenshteinDistance(NEAR).apply(one, other);
        return distance < 0 ? Integer.MAX_VALUE : distance;
    }
}
