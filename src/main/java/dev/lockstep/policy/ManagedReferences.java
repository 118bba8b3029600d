package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks up references to credentials that Lockstep manages in their stores, and leaves the others to somebody else. */
public final class ManagedReferences implements SecretReferences {

    /**
     * What is known of the credentials.
     *
     * @param catalog which there are
     * @param inventory whether they are in use
     * @param versions which values they have
     * @param stores where the values are
     */
    public record Known(Catalog catalog, Inventory inventory, Versions versions, SecretStores stores) {}

    private final SecretReferences others;
    private final Supplier<Known> known;

    /** @param known asked for at the first use only: the configuration is read before the ledger is there */
    public ManagedReferences(SecretReferences others, Supplier<Known> known) {
        this.others = others;
        this.known = known;
    }

    @Override
    public SecretValue resolve(String text) {
        Optional<CredentialName> name = Reference.of(text).flatMap(Reference::credential);
        if (name.isEmpty()) {
            return others.resolve(text);
        }
        return candidates(text).stream()
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> withoutValue(name.get()));
    }

    @Override
    public List<Supplier<Optional<SecretValue>>> candidates(String text) {
        Optional<CredentialName> name = Reference.of(text).flatMap(Reference::credential);
        if (name.isEmpty()) {
            return others.candidates(text);
        }
        Known now = known.get();
        Credential credential = inUse(now, name.get());
        SecretStore store = now.stores().store(credential.store());
        Set<SecretRef> refs = likeliest(now.versions(), store, credential.name());
        if (refs.isEmpty()) {
            throw withoutValue(credential.name());
        }
        return refs.stream()
                .<Supplier<Optional<SecretValue>>>map(ref -> () -> store.read(ref))
                .toList();
    }

    /**
     * What applications read, then what a rotation may have applied already, then what an undo may have brought back.
     * Never a version at rest.
     */
    private static Set<SecretRef> likeliest(Versions versions, SecretStore store, CredentialName name) {
        Set<SecretRef> refs = new LinkedHashSet<>();
        store.current(name).ifPresent(refs::add);
        for (Stage stage : List.of(Stage.CURRENT, Stage.STAGED, Stage.PREVIOUS)) {
            versions.in(name, stage).stream().findFirst().map(Version::ref).ifPresent(refs::add);
        }
        return refs;
    }

    private static Credential inUse(Known now, CredentialName name) {
        Credential credential = now.catalog()
                .credential(name)
                .orElseThrow(() -> new PermanentException(
                        FailureCode.MISCONFIGURED,
                        Reference.to(name) + " points to a credential that is not configured; add it or correct the"
                                + " reference"));
        CredentialStatus status =
                now.inventory().find(name).map(InventoryEntry::status).orElseThrow(() -> withoutValue(name));
        return switch (status) {
            case ACTIVE -> credential;
            case REQUESTED -> throw withoutValue(name);
            case CONTAINED, DISABLED ->
                throw new RetryableException(
                        FailureCode.REFERENCE_UNUSABLE,
                        Reference.to(name) + " points to a credential that is "
                                + status.name().toLowerCase(Locale.ROOT)
                                + ": nobody logs in with it until it is replaced or enabled again");
            case DECOMMISSIONED, UNMANAGED ->
                throw new PermanentException(
                        FailureCode.REFERENCE_UNUSABLE,
                        Reference.to(name) + " points to a credential that is "
                                + status.name().toLowerCase(Locale.ROOT) + "; refer to one that is in use");
        };
    }

    private static LockstepException withoutValue(CredentialName name) {
        return new RetryableException(
                FailureCode.REFERENCE_UNUSABLE,
                Reference.to(name) + " points to a credential without a version; adopt it with initial, or rotate it");
    }
}
