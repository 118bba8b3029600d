package dev.lockstep.process;

import static dev.lockstep.process.VariableText.cut;

import dev.lockstep.port.AccessReviews;
import dev.lockstep.port.Approvers;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts the evidence of an access review into the words that its forms show. */
@Component
class AccessFacts {

    /** The answers of an earlier round are emptied, and each owner's stay apart from those of the others. */
    Map<String, Object> of(AccessReviews.Evidence evidence) {
        return Map.of(
                AccessReviewDesk.OWNER,
                evidence.owner(),
                "credentialCount",
                Integer.toString(evidence.credentials().size()),
                "evidence",
                cut(evidence.credentials().stream().map(AccessFacts::line).collect(Collectors.joining("\n"))),
                "collectedAt",
                evidence.collectedAt().toString(),
                "accessVerdict",
                "",
                "correction",
                "");
    }

    private static String line(AccessReviews.Access access) {
        String readers = access.readers().stream().map(AccessFacts::reader).collect(Collectors.joining(", "));
        return access.credential() + ": read by " + (readers.isEmpty() ? "no registered consumer" : readers)
                + "; approved by " + approvers(access.approvers()) + "; last rotated "
                + (access.lastRotatedAt() == null ? "never" : access.lastRotatedAt());
    }

    private static String reader(AccessReviews.Reader reader) {
        return reader.consumer()
                + (reader.version() == null ? " (has not been seen)" : " (version " + reader.version() + ")");
    }

    private static String approvers(Approvers.Agreement agreement) {
        if (agreement.group().isEmpty()) {
            return "nobody";
        }
        return agreement.group() + " ("
                + (agreement.people().isEmpty() ? "nobody is in it" : String.join(", ", agreement.people())) + ")";
    }
}
