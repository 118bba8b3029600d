package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Compares one credential at rest with its target: the version that applications read logs in, retired ones do not. At
 * most one wrong login for each account, and only after a right one.
 */
@Component
public class CheckCredential {

    private final Catalog catalog;
    private final Versions versions;
    private final Operations operations;
    private final Inventory inventory;
    private final Targets targets;
    private final SecretStores stores;
    private final Checks checks;

    CheckCredential(
            Catalog catalog,
            Versions versions,
            Operations operations,
            Inventory inventory,
            Targets targets,
            SecretStores stores,
            Checks checks) {
        this.catalog = catalog;
        this.versions = versions;
        this.operations = operations;
        this.inventory = inventory;
        this.targets = targets;
        this.stores = stores;
        this.checks = checks;
    }

    /**
     * Notes what it finds. Notes nothing when an operation began meanwhile, because then nothing is at rest. One that
     * is in no configuration any more is as fine as can be, and does not stand in the way of the others.
     *
     * @param deadToo whether retired secrets are tried as well
     * @return false when it was not at rest, so that nothing is known of it
     */
    public boolean run(CredentialName name, boolean deadToo) {
        Optional<Credential> credential = catalog.credential(name);
        Optional<Version> current = versions.current(name);
        if (credential.isEmpty()) {
            checks.fine(name, deadToo);
            return true;
        }
        if (current.isEmpty() || !atRest(name, current.get())) {
            return false;
        }
        Optional<Problem> problem = ofCurrent(credential.get(), current.get());
        boolean triedDead = deadToo && problem.isEmpty();
        if (triedDead) {
            problem = ofDead(credential.get());
        }
        if (!atRest(name, current.get())) {
            return false;
        }
        problem.ifPresentOrElse(
                found -> checks.found(name, triedDead, found.code(), found.detail()),
                () -> checks.fine(name, triedDead));
        return true;
    }

    private boolean atRest(CredentialName name, Version current) {
        return operations.active(name).isEmpty()
                && versions.current(name)
                        .filter(now -> now.ref().equals(current.ref()))
                        .isPresent()
                && inventory
                        .find(name)
                        .map(InventoryEntry::status)
                        .filter(CredentialStatus.ACTIVE::equals)
                        .isPresent();
    }

    private Optional<Problem> ofCurrent(Credential credential, Version current) {
        Optional<SecretValue> stored = stores.store(credential.store()).read(current.ref());
        if (stored.isEmpty()) {
            return Optional.of(new Problem(
                    FailureCode.STORE_VERSION_MISSING,
                    "store " + credential.store() + " does not hold " + current.ref() + ", which applications read"));
        }
        try (SecretValue value = stored.get()) {
            LoginResult answer = Logins.of(targets.target(credential.target()), credential, current, value);
            return switch (answer) {
                case ACCEPTED -> Optional.empty();
                case REFUSED ->
                    Optional.of(new Problem(
                            FailureCode.DRIFT,
                            what(credential, current) + " is refused, although applications read it: somebody changed"
                                    + " it outside"));
                case PROBE_FAILED ->
                    Optional.of(new Problem(
                            FailureCode.VERIFY_PROBE_FAILED,
                            what(credential, current) + " logs in, but the permission probe fails; check the grants"));
            };
        }
    }

    /** The newest dead secret of each account whose value is still stored. */
    private Optional<Problem> ofDead(Credential credential) {
        Map<String, List<Version>> dead = Stream.of(Stage.RETIRED, Stage.REVOKED)
                .map(stage -> versions.in(credential.name(), stage))
                .flatMap(Collection::stream)
                .filter(version -> credential.principals().contains(version.principal()))
                .collect(Collectors.groupingBy(Version::principal));
        return dead.values().stream()
                .map(ofAccount -> newestStored(credential, ofAccount))
                .flatMap(Optional::stream)
                .map(version -> alive(credential, version))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Version> newestStored(Credential credential, List<Version> dead) {
        return dead.stream()
                .sorted((one, other) ->
                        Integer.compare(other.ref().version(), one.ref().version()))
                .limit(2)
                .filter(version -> withValue(credential, version, value -> true).isPresent())
                .findFirst();
    }

    private Optional<Problem> alive(Credential credential, Version version) {
        return withValue(
                        credential,
                        version,
                        value -> targets.target(credential.target())
                                .verifyDead(credential.account(version.principal()), value))
                .filter(answer -> answer != LoginResult.REFUSED)
                .map(answer -> {
                    versions.doubt(version.ref());
                    return new Problem(
                            FailureCode.STILL_ALIVE,
                            what(credential, version) + " logs in, although it is " + version.stage());
                });
    }

    private <T> Optional<T> withValue(Credential credential, Version version, Function<SecretValue, T> use) {
        Optional<SecretValue> stored = stores.store(credential.store()).read(version.ref());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (SecretValue value = stored.get()) {
            return Optional.of(use.apply(value));
        }
    }

    private static String what(Credential credential, Version version) {
        return version.ref() + " as " + version.principal() + " at target " + credential.target();
    }

    private record Problem(FailureCode code, String detail) {}
}
