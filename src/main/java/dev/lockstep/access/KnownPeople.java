package dev.lockstep.access;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the user store to other packages, with roles as text. */
final class KnownPeople implements People {

    private final AccessUsers users;
    private final UserAdministration administration;
    private final OwnPassword ownPassword;
    private final Clock clock;

    KnownPeople(AccessUsers users, UserAdministration administration, OwnPassword ownPassword, Clock clock) {
        this.users = users;
        this.administration = administration;
        this.ownPassword = ownPassword;
        this.clock = clock;
    }

    @Override
    public List<Kind> roles() {
        return Arrays.stream(Role.values())
                .map(role -> new Kind(role.label(), role.meaning(), role.limitable()))
                .toList();
    }

    @Override
    public List<Person> list() {
        return users.list().stream().map(this::person).toList();
    }

    @Override
    public Optional<Person> find(String id) {
        return AccessUser.isId(id) ? users.find(id).map(this::person) : Optional.empty();
    }

    @Override
    public SecretValue add(String actor, String id, String displayName, List<String> roles) {
        return administration.invite(actor, id, displayName, Grants.parse(roles));
    }

    @Override
    public void change(String actor, String id, @Nullable String displayName, @Nullable List<String> roles) {
        administration.change(actor, id, displayName, roles == null ? null : Grants.parse(roles));
    }

    @Override
    public SecretValue resetPassword(String actor, String id) {
        return administration.resetPassword(actor, id);
    }

    @Override
    public void disable(String actor, String id) {
        administration.disable(actor, id);
    }

    @Override
    public void enable(String actor, String id) {
        administration.enable(actor, id);
    }

    @Override
    public void replacePassword(String id, SecretValue present, SecretValue next) {
        ownPassword.change(id, present, next);
    }

    private Person person(AccessUser user) {
        return new Person(
                user.id(),
                user.displayName(),
                user.grants().texts(),
                !user.disabled(),
                user.oneTimePassword(),
                user.lockedAt(clock.instant()) ? user.lockedUntil() : null,
                user.secondFactor(),
                user.provider());
    }
}
