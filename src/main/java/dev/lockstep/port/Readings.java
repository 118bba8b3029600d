package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What programs may be served now, and what they have read; for many of them at once. */
public interface Readings {

    /** How the credentials stand for these consumers; none for a credential that the ledger does not know. */
    Map<Question, Standing> look(Collection<Question> questions);

    /**
     * Notes that running copies of programs are about to be given versions, in a transaction of its own: whoever is a
     * registered consumer has seen the version, everybody else is a finding. Idempotent.
     *
     * @return how the credentials stand for them, looked up after that transaction: what was retired before anybody
     *     could know of the reading is not live any more; none for a credential that the ledger does not know
     */
    Map<Reading, Standing> record(Collection<Reading> readings);

    /**
     * Notes, in a transaction of its own, that a running copy of a registered consumer says that it uses a version,
     * wherever it has it from. Counts like having read it. Idempotent.
     */
    void confirm(Reading reading);

    /** Notes that what was recorded before was read again. What is not known any more is left out. */
    void again(Map<Reading, Integer> readings);

    /** Notes reads that somebody should look at, with how often each has happened. */
    void note(Map<Oddity, Integer> oddities);

    /** What somebody should look at, of one credential; newest first. */
    List<Finding> findings(CredentialName credential);

    /** How many findings of each kind there have been since a moment. */
    Map<Oddity.Kind, Long> counts(Instant since);

    /** Which version each running copy has read last, in the order of consumers; the dead ones are left out. */
    List<Copy> copies(CredentialName credential);

    /** Who asks for what. */
    record Question(CredentialName credential, String consumer) {}

    /**
     * How a credential stands for a consumer.
     *
     * @param live its versions that are staged, current or previous
     * @param registered whether the consumer is one of the credential
     * @param released the staged version that is released to it; null when none is
     * @param nextRotationAt when it is due; null when only on demand
     */
    record Standing(
            CredentialStatus status,
            List<Version> live,
            boolean registered,
            @Nullable Integer released,
            @Nullable Instant nextRotationAt) {
        public Standing {
            live = List.copyOf(live);
        }

        /** The version that the consumer is served; empty when there is none. */
        public Optional<Version> served() {
            return live.stream()
                    .filter(version -> switch (version.stage()) {
                        case STAGED -> released != null && version.ref().version() == released;
                        case CURRENT -> true;
                        default -> false;
                    })
                    .max((one, other) -> Boolean.compare(isStaged(one), isStaged(other)));
        }

        private static boolean isStaged(Version version) {
            return version.stage() == Stage.STAGED;
        }
    }

    /**
     * One running copy of a program, and a version.
     *
     * @param identity as which it is logged in
     * @param instance which of its running copies
     */
    record Reading(SecretRef ref, String identity, String consumer, String instance) {

        /** How the credential stands for the consumer. */
        public Question question() {
            return new Question(ref.credential(), consumer);
        }
    }

    /** A read that somebody should look at. */
    record Oddity(SecretRef ref, String identity, Kind kind) {

        /** What is odd about it. */
        public enum Kind {
            /** It may read the credential, and is none of its consumers. */
            UNREGISTERED_READER,
            /** It asks for a version that is over. */
            OLD_VERSION
        }
    }

    /** What was odd, and how often. */
    record Finding(Oddity oddity, long times, Instant firstAt, Instant lastAt) {}

    /** A running copy of a consumer. */
    record Copy(String consumer, String instance, int version, Instant readAt) {}
}
