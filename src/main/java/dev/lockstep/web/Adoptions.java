package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Sightings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the definitions by which several accounts become credentials, with what they have in common said once. */
@Component
class Adoptions {

    private static final int MOST = 1000;
    private static final String PRINCIPAL = "{principal}";
    private static final String TARGET = "{target}";

    private final Adoption adoption;

    Adoptions(Adoption adoption) {
        this.adoption = adoption;
    }

    /**
     * The definitions in YAML, all or none.
     *
     * @param wish whose name, and initial value if any, hold <code>{principal}</code> and may hold <code>{target}
     *     </code>
     */
    String definitions(List<Sightings.Sighting> accounts, Adoption.Wish wish) {
        if (accounts.isEmpty() || accounts.size() > MOST) {
            throw new InvalidInput("accounts", "choose 1 to " + MOST + " accounts");
        }
        String name = Objects.requireNonNullElse(wish.name(), "").strip();
        if (!name.contains(PRINCIPAL)) {
            throw new InvalidInput(
                    "name", "name holds " + PRINCIPAL + " for the account, for example prod/shop/{target}/{principal}");
        }
        String initial = Objects.requireNonNullElse(wish.initial(), "").strip();
        if (!initial.isEmpty() && !initial.contains(PRINCIPAL)) {
            throw new InvalidInput(
                    "initial", "initial holds " + PRINCIPAL + " for the account: no two have the same secret");
        }
        Map<String, String> taken = new HashMap<>();
        List<String> definitions = new ArrayList<>();
        for (Sightings.Sighting account : accounts) {
            String own = fill(name, account);
            String other = taken.putIfAbsent(own, account.principal());
            if (other != null) {
                throw new InvalidInput(
                        "name",
                        own + " would be the name of " + other + " and of " + account.principal()
                                + "; choose one of them alone");
            }
            definitions.add(definition(account, wish, own, initial.isEmpty() ? null : fill(initial, account)));
        }
        return String.join("---\n", definitions);
    }

    private String definition(Sightings.Sighting account, Adoption.Wish wish, String name, @Nullable String initial) {
        try {
            return adoption.definition(
                    account, new Adoption.Wish(name, wish.owner(), wish.store(), wish.policy(), wish.kind(), initial));
        } catch (InvalidInput refused) {
            throw new InvalidInput(
                    refused.field(),
                    refused.getMessage() + " (account " + account.principal() + " at " + account.target() + ")");
        }
    }

    private static String fill(String pattern, Sightings.Sighting account) {
        return pattern.replace(PRINCIPAL, part(account.principal())).replace(TARGET, part(account.target()));
    }

    /** As a part of a name may be written. */
    private static String part(String text) {
        String part =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[_-]+|-+$", "");
        return part.isEmpty() ? "account" : part;
    }
}
