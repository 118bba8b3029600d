package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Generates the first administrator when there is no user at all, so that there never is a default password. */
final class FirstAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private static final String USER = "admin";
    private static final Set<Role> ROLES = EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.APPROVER);

    private final AccessUsers users;
    private final UserAdministration administration;
    private final Passwords passwords;
    private final InitialLoginFile file;
    private final TransactionTemplate transaction;

    FirstAdministrator(
            AccessUsers users,
            UserAdministration administration,
            Passwords passwords,
            InitialLoginFile file,
            TransactionTemplate transaction) {
        this.users = users;
        this.administration = administration;
        this.passwords = passwords;
        this.file = file;
        this.transaction = transaction;
    }

    /** @param tell whether the result carries the generated password, for somebody else to print */
    InitialLogin prepare(boolean tell) {
        Optional<SecretValue> password = users.none() ? generate(tell) : Optional.empty();
        return new InitialLogin(USER, password, file.path());
    }

    private Optional<SecretValue> generate(boolean tell) {
        String password = passwords.generate();
        try (SecretValue secret = SecretValue.of(password)) {
            // The file comes before the commit: a crash in between leaves a login that is not valid, never a valid one
            // that nobody knows. Of two nodes that start at once, the loser fails at the insert and writes no file.
            transaction.executeWithoutResult(status -> {
                administration.create("lockstep", USER, "Administrator", secret, ROLES);
                file.write(USER, password);
            });
        } catch (InvalidInput refused) {
            if (users.none()) {
                throw refused;
            }
            LOG.info("Another node has just created the first administrator '{}'", USER);
            return Optional.empty();
        }
        if (tell) {
            return Optional.of(SecretValue.of(password));
        }
        LOG.info("First start: the login of '{}' was generated and stands in {}", USER, file.path());
        return Optional.empty();
    }
}
