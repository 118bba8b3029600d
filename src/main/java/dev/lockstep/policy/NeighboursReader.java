package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the fields {@code apart} and {@code after} of a credential. */
final class NeighboursReader {

    private static final Duration LONGEST = Duration.ofDays(30);

    private NeighboursReader() {}

    /** What the document says; whatever was refused counts as not said. */
    static Neighbours read(Fields credential) {
        Duration by = credential.duration(Duration.ZERO, LONGEST, "apart", "by").orElse(Duration.ZERO);
        Optional<Neighbours.Apart> apart =
                credential.text("apart", "group").map(group -> new Neighbours.Apart(group, by));
        List<String> after = credential.texts(List.of(), "after");
        return apart.isEmpty() && after.isEmpty()
                ? Neighbours.NONE
                : new Neighbours(
                        apart,
                        after.stream()
                                .filter(CredentialDocuments::isName)
                                .map(CredentialName::of)
                                .collect(Collectors.toSet()));
    }
}
