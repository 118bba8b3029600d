package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points to a secret outside of the configuration.
 *
 * @param kind {@code env}, {@code file} or {@code credential}
 * @param place name of the variable, path of the file, or name of the credential
 */
record Reference(String kind, String place) {

    /** Advice about how to write one. */
    static final String FORMS =
            "write ${env:NAME}, ${file:/path} or" + " ${credential:env/team/system/what}, and keep the value there";

    private static final Pattern FORM = Pattern.compile(
            "\\$\\{(?:(env):([A-Za-z_][A-Za-z0-9_]*)|(file):(/[^}\\u0000]+)|(credential):([a-z0-9/_.-]+))\\}");

    /** The reference that the text is as a whole; empty when it is none. */
    static Optional<Reference> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group += 2) {
            if (matcher.group(group) != null) {
                Reference reference = new Reference(matcher.group(group), matcher.group(group + 1));
                return Optional.of(reference)
                        .filter(found ->
                                !found.isCredential() || found.credential().isPresent());
            }
        }
        return Optional.empty();
    }

    private boolean isCredential() {
        return kind.equals("credential");
    }

    /** The managed credential that is meant; empty when something else is. */
    Optional<CredentialName> credential() {
        if (!isCredential()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CredentialName.of(place));
        } catch (InvalidInput noName) {
            return Optional.empty();
        }
    }

    /** How a credential is referred to. */
    static String to(CredentialName credential) {
        return new Reference("credential", credential.value()).toString();
    }

    @Override
    public String toString() {
        return "${" + kind + ':' + place + '}';
    }
}
