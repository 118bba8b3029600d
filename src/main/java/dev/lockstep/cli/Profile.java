package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one server is reached, as the file of profiles keeps it: files that hold secrets, never a secret. */
record Profile(
        @Nullable String server,
        @Nullable String user,
        @Nullable String passwordFile,
        @Nullable String tokenFile,
        @Nullable String caFile,
        @Nullable String proxy,
        boolean allowHttp,
        @Nullable String output) {

    static final Profile NONE = new Profile(null, null, null, null, null, null, false, null);

    static final List<String> FIELDS =
            List.of("server", "user", "password-file", "token-file", "ca-file", "proxy", "allow-http", "output");

    static Profile of(JsonNode node) {
        return new Profile(
                Json.text(node, "server"),
                Json.text(node, "user"),
                Json.text(node, "password-file"),
                Json.text(node, "token-file"),
                Json.text(node, "ca-file"),
                Json.text(node, "proxy"),
                node.path("allow-http").asBoolean(false),
                Json.text(node, "output"));
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object();
        Json.put(node, "server", server);
        Json.put(node, "user", user);
        Json.put(node, "password-file", passwordFile);
        Json.put(node, "token-file", tokenFile);
        Json.put(node, "ca-file", caFile);
        Json.put(node, "proxy", proxy);
        if (allowHttp) {
            node.put("allow-http", true);
        }
        Json.put(node, "output", output);
        return node;
    }

    /** This one, with what another one says taken from there. */
    Profile overriddenBy(Profile other) {
        boolean otherLogin = other.passwordFile != null || other.tokenFile != null;
        return new Profile(
                first(other.server, server),
                first(other.user, user),
                otherLogin ? other.passwordFile : passwordFile,
                otherLogin ? other.tokenFile : tokenFile,
                first(other.caFile, caFile),
                first(other.proxy, proxy),
                other.allowHttp || allowHttp,
                first(other.output, output));
    }

    Profile withPassword(String file) {
        return new Profile(server, user, file, null, caFile, proxy, allowHttp, output);
    }

    Profile withToken(String file) {
        return new Profile(server, null, null, file, caFile, proxy, allowHttp, output);
    }

    Profile withoutLogin() {
        return new Profile(server, null, null, null, caFile, proxy, allowHttp, output);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String otherwise) {
        return one == null ? otherwise : one;
    }
}
