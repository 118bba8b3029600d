package dev.lockstep.delivery;

import com.nimbusds.jose.jwk.JWKSet;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.outbound.OutboundHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens of others are signed with. A file is read each time. What came from an address is kept for a
 * while; an unknown key has it fetched again, but no more than once a minute, whatever is sent here.
 */
final class KeySets {

    private static final int MOST = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofHours(24);

    /** @param triedAt when somebody tried to fetch it last, with or without success */
    private record Held(@Nullable JWKSet keys, Instant fetchedAt, Instant triedAt) {}

    private final OutboundHttp http;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    KeySets(OutboundHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * The keys at an address or in a file.
     *
     * @param id of the key that is looked for; null for any
     * @throws RetryableException when there are none
     */
    JWKSet keys(String source, @Nullable String id) {
        if (source.startsWith("/")) {
            return file(source);
        }
        Held known = held.compute(source, (address, before) -> enough(before, id) ? before : fetched(address, before));
        JWKSet keys = known.keys();
        if (keys == null || known.fetchedAt().plus(STALE).isBefore(clock.instant())) {
            throw missing(source, null);
        }
        return keys;
    }

    private boolean enough(@Nullable Held known, @Nullable String id) {
        if (known == null) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isBefore(known.triedAt().plus(LEAST))) {
            return true;
        }
        JWKSet keys = known.keys();
        boolean has = keys != null && (id == null || keys.getKeyByKeyId(id) != null);
        return has && now.isBefore(known.fetchedAt().plus(FRESH));
    }

    private Held fetched(String address, @Nullable Held before) {
        Instant now = clock.instant();
        try {
            OutboundHttp.Answer answer = http.get(URI.create(address), PATIENCE, MOST);
            if (answer.status() == 200) {
                return new Held(JWKSet.parse(answer.body()), now, now);
            }
        } catch (IOException | ParseException failed) {
            // Whoever has no key hears of it; the others go on with what was fetched before.
        }
        return before == null ? new Held(null, now, now) : new Held(before.keys(), before.fetchedAt(), now);
    }

    private static JWKSet file(String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return JWKSet.parse(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
        } catch (IOException | ParseException e) {
            throw missing(name, e);
        }
    }

    private static RetryableException missing(String source, @Nullable Throwable cause) {
        return new RetryableException(
                FailureCode.MISCONFIGURED,
                "There is no JSON Web Key Set at " + source + "; look at its address.",
                cause);
    }
}
