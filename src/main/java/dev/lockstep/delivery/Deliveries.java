package dev.lockstep.delivery;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.ReadWatch;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Standing;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides which version a program gets, and gives it. */
final class Deliveries {

    /** So often the answer may become another one while it is written down who gets it. */
    private static final int MOST_LOOKS = 5;

    private final ReadRights rights;
    private final Gathered<Readings.Question, Standing> standings;
    private final Versions versions;
    private final ServedValues values;
    private final Recorder recorder;
    private final Lifecycles lifecycles;
    private final Moves moves;
    private final ReadWatch watch;
    private final ReadWaits waits;
    private final Clock clock;

    Deliveries(
            ReadRights rights,
            Gathered<Readings.Question, Standing> standings,
            Versions versions,
            ServedValues values,
            Recorder recorder,
            Lifecycles lifecycles,
            Moves moves,
            ReadWatch watch,
            ReadWaits waits,
            Clock clock) {
        this.rights = rights;
        this.standings = standings;
        this.versions = versions;
        this.values = values;
        this.recorder = recorder;
        this.lifecycles = lifecycles;
        this.moves = moves;
        this.watch = watch;
        this.waits = waits;
        this.clock = clock;
    }

    /** A credential as it stands for a caller. */
    record View(Credential credential, Standing standing) {}

    /** A version with its value, which whoever writes it closes. */
    record Delivered(Credential credential, Standing standing, Version version, SecretValue value) {}

    /** @throws Refused when the caller may not read it, or the ledger does not know it */
    View look(Caller caller, String path) {
        Credential credential = rights.credential(caller, name(path));
        return new View(credential, standing(caller, credential));
    }

    /**
     * The version that the caller is served, or the one that it asks for.
     *
     * @throws Refused when there is none
     */
    Delivered read(Caller caller, String path, OptionalInt wanted) {
        long began = System.nanoTime();
        Delivered given = found(caller, path, wanted);
        waits.answered(System.nanoTime() - began);
        return given;
    }

    private Delivered found(Caller caller, String path, OptionalInt wanted) {
        View view = look(caller, path);
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Version version = version(caller, view, wanted);
            boolean registered = view.standing().registered();
            Optional<Standing> since =
                    recorder.note(caller.token().accessor(), reading(caller, version.ref()), registered);
            if (since.isEmpty()) {
                return delivered(caller, view, version);
            }
            // Now everybody knows that the caller has it. Whether it still is the one to have is told by the ledger.
            view = new View(view.credential(), since.get());
            if (version(caller, view, wanted).ref().equals(version.ref())) {
                if (registered && version.stage() == Stage.CURRENT) {
                    moves.told(version.ref());
                }
                return delivered(caller, view, version);
            }
        }
        throw Refused.because(503, "the credential is changing; try again");
    }

    private Delivered delivered(Caller caller, View view, Version version) {
        SecretValue value =
                values.of(view.credential().store(), version.ref()).orElseThrow(() -> Refused.gone(Facts.of(version)));
        watched(caller, version.ref());
        return new Delivered(view.credential(), view.standing(), version, value);
    }

    private void watched(Caller caller, SecretRef ref) {
        watch.read(caller.identity().consumer(), ref.credential(), ref.version(), caller.from(), clock.instant());
    }

    private Version version(Caller caller, View view, OptionalInt wanted) {
        Standing standing = view.standing();
        if (standing.status() != CredentialStatus.ACTIVE) {
            if (standing.status() == CredentialStatus.DISABLED) {
                lifecycles.readAttempted(
                        view.credential().name(), caller.identity().consumer());
            }
            throw over(caller, view, wanted);
        }
        Optional<Version> served = standing.served();
        if (wanted.isEmpty()) {
            return served.orElseThrow(Refused::missing);
        }
        return standing.live().stream()
                .filter(version -> version.ref().version() == wanted.getAsInt())
                .filter(version -> version.stage() != Stage.STAGED
                        || served.filter(version::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> over(caller, view, wanted));
    }

    /** What is asked for is not served any more, or never was. */
    private Refused over(Caller caller, View view, OptionalInt wanted) {
        CredentialName name = view.credential().name();
        Optional<Version> found = wanted.isPresent()
                ? versions.find(new SecretRef(name, wanted.getAsInt()))
                : versions.list(name).stream().findFirst();
        Optional<Version> known = found.filter(version -> version.stage() != Stage.STAGED);
        known.filter(version -> wanted.isPresent()).ifPresent(version -> {
            recorder.odd(version.ref(), caller.identity().name(), Readings.Oddity.Kind.OLD_VERSION);
            watched(caller, version.ref());
        });
        return known.map(version -> Refused.gone(Facts.of(version))).orElseGet(Refused::missing);
    }

    /** As it stood when the caller came, or by a question of its own. */
    private Standing standing(Caller caller, Credential credential) {
        Readings.Question question =
                new Readings.Question(credential.name(), caller.identity().consumer());
        Standing known = caller.standing().get(question);
        Standing standing = known == null ? standings.ask(question) : known;
        if (standing == null) {
            throw Refused.missing();
        }
        return standing;
    }

    private static Readings.Reading reading(Caller caller, SecretRef ref) {
        return new Readings.Reading(
                ref,
                caller.identity().name(),
                caller.identity().consumer(),
                caller.token().instance());
    }

    static CredentialName name(String path) {
        try {
            return CredentialName.of(path);
        } catch (InvalidInput e) {
            throw Refused.because(400, "name: " + e.getMessage());
        }
    }
}
