package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Sightings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts that nobody manages, and what people decide about them. */
@Component
class UnmanagedAccounts {

    private static final int LONGEST = 255;

    private final Sightings sightings;
    private final TransactionTemplate transaction;

    UnmanagedAccounts(Sightings sightings, PlatformTransactionManager transactions) {
        this.sightings = sightings;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Those that nobody has decided about first. */
    List<Sightings.Sighting> list() {
        List<Sightings.Sighting> all = sightings.list();
        return Stream.concat(
                        all.stream().filter(each -> each.ignoredAt() == null),
                        all.stream().filter(each -> each.ignoredAt() != null))
                .toList();
    }

    Sightings.Sighting known(@Nullable String target, @Nullable String principal) {
        String at = needed("target", target);
        String account = needed("principal", principal);
        return sightings
                .find(at, account)
                .orElseThrow(() -> new NotFound("there is no unmanaged account of this name at this target"));
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST) {
            throw new InvalidInput(field, field + " is needed and has at most " + LONGEST + " characters");
        }
        return value;
    }

    void ignore(Sightings.Sighting account, String by, String reason) {
        transaction.executeWithoutResult(status -> sightings.ignore(account.target(), account.principal(), by, reason));
    }

    void heed(Sightings.Sighting account, String by) {
        transaction.executeWithoutResult(status -> sightings.heed(account.target(), account.principal(), by));
    }
}
