package dev.lockstep.policy;

import dev.lockstep.domain.Identity;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Network;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.SchemaVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads documents of the kind {@code Identity}. */
final class IdentityReader {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_TOKEN = Duration.ofDays(30);
    private static final Duration LONGEST_SECRET = Duration.ofDays(400);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SECRET_LIFE = Duration.ofDays(90);

    private static final Pattern SLASHES = Pattern.compile("/+$");

    private final OutboundRules outbound;

    IdentityReader(OutboundRules outbound) {
        this.outbound = outbound;
    }

    /** The identity; empty when anything about it was refused. */
    Optional<Identity> read(Documents.Document read, Problems problems) {
        int before = problems.reported();
        Fields fields = new Fields(read.node(), problems);
        Optional<Identity.Login> login = login(fields);
        Identity.Reads reads = new Identity.Reads(
                fields.texts(List.of(), "reads", "credentials"),
                fields.at("reads", "labels").map(Settings::texts).orElse(Map.of()));
        Identity.Tokens tokens = tokens(fields);
        if (!read.sound() || problems.reported() > before) {
            return Optional.empty();
        }
        String name = fields.text("name").orElseThrow();
        return Optional.of(new Identity(
                name, fields.text("consumer").orElse(name), login.orElseThrow(), reads, tokens, schemas(fields)));
    }

    /** Whether they are there is checked when all documents were read. */
    private static Map<String, SchemaVersion> schemas(Fields fields) {
        Map<String, SchemaVersion> schemas = new HashMap<>();
        for (String text : fields.texts(List.of(), "schemas")) {
            String[] parts = text.split("/", 2);
            SchemaVersion.parse(parts[1]).ifPresent(version -> schemas.put(parts[0], version));
        }
        return schemas;
    }

    private Optional<Identity.Login> login(Fields fields) {
        if (fields.at("approle").isPresent()) {
            return Optional.of(new Identity.AppRole(fields.duration(SHORTEST, LONGEST_SECRET, "approle", "secret-life")
                    .orElse(SECRET_LIFE)));
        }
        if (fields.at("jwt").isPresent()) {
            return Optional.of(jwt(
                    fields,
                    "jwt",
                    fields.at("jwt", "claims").map(Settings::texts).orElse(Map.of())));
        }
        if (fields.at("kubernetes").isPresent()) {
            return Optional.of(kubernetes(fields));
        }
        fields.problems()
                .add(
                        fields.document().key(),
                        "approle",
                        "is missing",
                        "say how it logs in: approle, jwt or kubernetes");
        return Optional.empty();
    }

    private Identity.Login kubernetes(Fields fields) {
        String account = "system:serviceaccount:"
                + fields.text("kubernetes", "service-account").orElse("").replace('/', ':');
        if (fields.at("kubernetes", "review").isEmpty()) {
            return jwt(fields, "kubernetes", Map.of("sub", account));
        }
        fields.at("kubernetes", "review", "api")
                .ifPresent(node -> address(fields.problems(), node, "write https:// with the host of the API server"));
        return new Identity.TokenReview(
                SLASHES.matcher(fields.text("kubernetes", "review", "api").orElse(""))
                        .replaceFirst(""),
                fields.text("kubernetes", "review", "token").orElse(""),
                fields.text("kubernetes", "review", "certificates"),
                fields.text("kubernetes", "audience").orElse(""),
                account);
    }

    private Identity.Login jwt(Fields fields, String method, Map<String, String> claims) {
        fields.at(method, "keys").ifPresent(node -> keys(fields.problems(), node));
        return new Identity.Jwt(
                method,
                fields.text(method, "keys").orElse(""),
                fields.text(method, "issuer"),
                fields.text(method, "audience").orElse(""),
                claims);
    }

    /** A name is looked up when the keys are fetched, and checked again then. */
    private void keys(Problems problems, Node node) {
        String text = node.text().orElse("/");
        if (!text.startsWith("/")) {
            address(
                    problems,
                    node,
                    "write https:// or http:// with a host, and no user or password; or the absolute path of a file");
        }
    }

    private void address(Problems problems, Node node, String advice) {
        String text = node.text().orElse("");
        try {
            URI url = new URI(text);
            if (url.getHost() != null && url.getRawUserInfo() == null) {
                outbound.objectionToHost(url.getHost())
                        .ifPresent(
                                why -> problems.add(node, "its host " + why, "write an address that Lockstep may ask"));
                return;
            }
        } catch (URISyntaxException malformed) {
            // Said below, like every other address that is none.
        }
        problems.add(node, Echo.of(node) + " is no address that can be asked", advice);
    }

    private static Identity.Tokens tokens(Fields fields) {
        Duration longest =
                fields.duration(SHORTEST, LONGEST_TOKEN, "tokens", "longest").orElse(LONGEST);
        Optional<Duration> said = fields.duration(SHORTEST, LONGEST_TOKEN, "tokens", "life");
        Duration life = said.orElse(LIFE.compareTo(longest) < 0 ? LIFE : longest);
        if (life.compareTo(longest) > 0) {
            Node node = fields.at("tokens", "life").orElseThrow();
            fields.problems()
                    .add(
                            node,
                            Echo.of(node) + " is longer than tokens.longest",
                            "write a shorter life, or more for tokens.longest");
        }
        List<Network> networks = new ArrayList<>();
        for (Node node : fields.at("tokens", "networks").map(Node::children).orElse(List.of())) {
            try {
                node.text().ifPresent(text -> Network.of(text).forEach(networks::add));
            } catch (InvalidInput e) {
                fields.problems().add(node, Echo.of(node) + " is not accepted", String.valueOf(e.getMessage()));
            }
        }
        return new Identity.Tokens(life, longest, networks);
    }
}
