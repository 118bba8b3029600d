package dev.lockstep.web;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Sightings;
import java.util.Collection;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the definition by which an account becomes a credential. It has to be put into the configuration, which is the
 * source of truth; with a reference to the value in use it is then adopted without being rotated.
 */
@Component
class Adoption {

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:/[^}\\s\\p{Cntrl}]{1,500})\\}");

    private final Catalog catalog;

    Adoption(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What somebody wants an account to become; all but the last two are needed. */
    record Wish(
            @Nullable String name,
            @Nullable String owner,
            @Nullable String store,
            @Nullable String policy,
            @Nullable String kind,
            @Nullable String initial) {}

    /** The definition in YAML. */
    String definition(Sightings.Sighting account, Wish wish) {
        CredentialName name = CredentialName.of(needed("name", wish.name()));
        if (catalog.credential(name).isPresent()) {
            throw new InvalidInput("name", name + " is another credential already");
        }
        Policy policy = known("policy", wish.policy(), catalog.policies(), Policy::name);
        if (policy.strategy() == Strategy.ALTERNATING) {
            throw new InvalidInput("policy", policy.name() + " is for two accounts; choose one for a single account");
        }
        String store = known("store", wish.store(), catalog.stores(), each -> each.name())
                .name();
        StringBuilder yaml = new StringBuilder("kind: Credential\n");
        line(yaml, "name", name.value());
        line(
                yaml,
                "owner",
                matching("owner", needed("owner", wish.owner()), GROUP, "letters, digits, '-', '_' and '.'"));
        line(
                yaml,
                "class",
                wish.kind() == null || wish.kind().isBlank()
                        ? "database-user"
                        : matching("class", wish.kind(), KIND, "lower-case letters, digits and '-'"));
        line(yaml, "target", account.target());
        line(yaml, "store", store);
        line(yaml, "principal", TextNode.valueOf(account.principal()).toString());
        line(yaml, "policy", policy.name());
        if (wish.initial() != null && !wish.initial().isBlank()) {
            line(
                    yaml,
                    "initial",
                    TextNode.valueOf(matching(
                                    "initial",
                                    wish.initial(),
                                    REFERENCE,
                                    "a reference like ${env:NAME} or ${file:/path}, never the value itself"))
                            .toString());
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidInput(field, field + " is needed");
        }
        return value.strip();
    }

    /** What was given is not repeated: it could be a secret that was put into the wrong field. */
    private static String matching(String field, String value, Pattern form, String advice) {
        if (!form.matcher(value.strip()).matches()) {
            throw new InvalidInput(field, field + " is " + advice);
        }
        return value.strip();
    }

    private static <T> T known(String field, @Nullable String value, Collection<T> all, Function<T, String> name) {
        String wanted = needed(field, value);
        return all.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        field,
                        "there is no such " + field + "; known: "
                                + String.join(
                                        ", ", all.stream().map(name).sorted().toList())));
    }
}
