package dev.lockstep.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the server who asks: by a token from a file, or by user and password; read once for each command. */
final class Login implements Supplier<String> {

    private final Terminal terminal;
    private final Profile profile;
    private final Supplier<OidcTokens> oidc;
    private @Nullable String header;

    /** @param oidc renews tokens of a device login; only asked when one has to be */
    Login(Terminal terminal, Profile profile, Supplier<OidcTokens> oidc) {
        this.terminal = terminal;
        this.profile = profile;
        this.oidc = oidc;
    }

    @Override
    public String get() {
        String known = header;
        if (known == null) {
            known = find();
            header = known;
        }
        return known;
    }

    private String find() {
        if (profile.tokenFile() != null) {
            return "Bearer " + token(profile.tokenFile());
        }
        if (profile.user() != null && profile.passwordFile() != null) {
            try (Secret password = Secret.read(profile.passwordFile(), terminal)) {
                return basic(profile.user(), password);
            }
        }
        throw CliException.usage(
                profile.user() != null
                        ? "The password of " + profile.user() + " is needed: --password-file FILE, or - there for"
                                + " standard input; or keep it with: lockstep login"
                        : "It is not known who asks: use lockstep login, or give --user and --password-file, or"
                                + " --token-file.");
    }

    private String token(String file) {
        try (Secret content = Secret.read(file, terminal)) {
            return content.expose(text -> OidcTokens.isOne(text) ? oidc.get().fresh(file, text) : text.strip());
        }
    }

    static String basic(String user, Secret password) {
        return password.expose(text ->
                "Basic " + Base64.getEncoder().encodeToString((user + ':' + text).getBytes(StandardCharsets.UTF_8)));
    }
}
