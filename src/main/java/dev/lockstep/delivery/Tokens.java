package dev.lockstep.delivery;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.ReaderTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues, renews and revokes tokens. */
final class Tokens {

    private final ReaderTokens ledger;
    private final Secrets secrets;
    private final Clock clock;

    Tokens(ReaderTokens ledger, Secrets secrets, Clock clock) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A token for a login, as the protocol's {@code auth}.
     *
     * @param secretId the accessor of what it was logged in with; null when it was something else
     * @param instance which of the running copies of the program it is; empty when that is not known
     */
    Map<String, Object> login(Identity identity, @Nullable String secretId, Optional<String> instance) {
        Instant now = now();
        String accessor = secrets.accessor();
        return issued(
                identity,
                new ReaderTokens.Token(
                        accessor,
                        null,
                        secretId,
                        identity.name(),
                        identity.login().method(),
                        instance.orElse(accessor),
                        now,
                        now.plus(identity.tokens().life()),
                        now.plus(identity.tokens().longest())));
    }

    /** A token that its maker hands on; it ends with its maker at the latest. */
    Map<String, Object> child(Caller caller, Optional<Duration> life) {
        ReaderTokens.Token parent = caller.token();
        if (parent.parent() != null) {
            throw Refused.because(400, "a token that was made by another one makes none");
        }
        Instant now = now();
        Instant end = earlier(now.plus(life.orElse(caller.identity().tokens().life())), parent.expiresAt());
        return issued(
                caller.identity(),
                new ReaderTokens.Token(
                        secrets.accessor(),
                        parent.accessor(),
                        parent.secretId(),
                        parent.identity(),
                        parent.method(),
                        parent.instance(),
                        now,
                        end,
                        end));
    }

    private Map<String, Object> issued(Identity identity, ReaderTokens.Token token) {
        SecretValue secret = secrets.next(Secrets.TOKEN);
        ledger.add(secret.expose(Digests::sha256), token);
        return auth(token, identity, secret);
    }

    /** Valid for its usual life from now on, or for less when less is asked for. */
    Map<String, Object> renew(Caller caller, Optional<Duration> increment, SecretValue same) {
        Duration usual = caller.identity().tokens().life();
        Duration more = increment
                .filter(asked -> asked.compareTo(usual) < 0 && !asked.isZero() && !asked.isNegative())
                .orElse(usual);
        Instant end = earlier(now().plus(more), caller.token().endsAt());
        ReaderTokens.Token renewed =
                ledger.renew(caller.token().accessor(), end).orElseThrow(Refused::denied);
        return auth(renewed, caller.identity(), same);
    }

    void revoke(Caller caller) {
        ledger.revoke(caller.token().accessor());
    }

    private Map<String, Object> auth(ReaderTokens.Token token, Identity identity, SecretValue secret) {
        List<String> policies = List.of(identity.name());
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("client_token", secret);
        auth.put("accessor", token.accessor());
        auth.put("policies", policies);
        auth.put("token_policies", policies);
        auth.put("metadata", metadata(token, identity));
        auth.put("lease_duration", left(token));
        auth.put("renewable", token.expiresAt().isBefore(token.endsAt()));
        auth.put("entity_id", identity.name());
        auth.put("token_type", "service");
        auth.put("orphan", token.parent() == null);
        auth.put("num_uses", 0);
        return auth;
    }

    /** What the protocol tells of a token. */
    Map<String, Object> describe(Caller caller, SecretValue secret) {
        ReaderTokens.Token token = caller.token();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", secret);
        data.put("accessor", token.accessor());
        data.put("policies", List.of(caller.identity().name()));
        data.put("ttl", left(token));
        data.put("creation_ttl", caller.identity().tokens().life().toSeconds());
        data.put("renewable", token.expiresAt().isBefore(token.endsAt()));
        data.put("type", "service");
        data.put("path", "auth/" + token.method() + "/login");
        data.put("display_name", token.method() + '-' + caller.identity().name());
        data.put("expire_time", token.expiresAt().toString());
        data.put("issue_time", token.issuedAt().toString());
        data.put("creation_time", token.issuedAt().getEpochSecond());
        data.put("num_uses", 0);
        data.put("orphan", token.parent() == null);
        data.put("meta", metadata(token, caller.identity()));
        data.put("entity_id", caller.identity().name());
        data.put("explicit_max_ttl", 0);
        return data;
    }

    private static Map<String, String> metadata(ReaderTokens.Token token, Identity identity) {
        return Map.of(
                "role", identity.name(),
                "consumer", identity.consumer(),
                "instance", token.instance());
    }

    private long left(ReaderTokens.Token token) {
        return Math.max(0, Duration.between(now(), token.expiresAt()).toSeconds());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
