package dev.lockstep.notify.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.OutboundRefused;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretReferences;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restarts the pods of a consumer when it is served another version, once for each; whatever else is told is no reason.
 */
final class KubernetesChannel implements Channel {

    private static final Duration CALL = Duration.ofSeconds(10);
    private static final int LARGEST = 4 * 1024 * 1024;

    private final String name;
    private final Workload workload;
    private final String token;
    private final Optional<Path> certificates;
    private final SecretReferences references;
    private final OutboundRules outbound;

    /** @param token may be a reference, looked up for each restart */
    KubernetesChannel(
            String name,
            Workload workload,
            String token,
            Optional<Path> certificates,
            SecretReferences references,
            OutboundRules outbound) {
        this.name = name;
        this.workload = workload;
        this.token = token;
        this.certificates = certificates;
        this.references = references;
        this.outbound = outbound;
    }

    @Override
    public void send(String id, Notice notice, Instant toldAt) {
        Notice.@Nullable About about = notice.about();
        Optional<Restart.Reason> reason = Restart.Reason.of(notice.kind());
        if (about == null || reason.isEmpty()) {
            return;
        }
        Restart restart = Restart.of(reason.get(), about, toldAt);
        try (OutboundHttp http = OutboundHttp.trusting(certificates, outbound)) {
            restart(http, restart);
        } catch (JsonProcessingException unexpected) {
            throw unavailable("did not tell about a " + workload.kind());
        } catch (InvalidInput | OutboundRefused refused) {
            throw misconfigured(refused.getMessage() + "; correct it");
        } catch (IOException failure) {
            throw unavailable("did not answer (" + failure.getClass().getSimpleName() + ")");
        }
    }

    private void restart(OutboundHttp http, Restart restart) throws IOException {
        URI address =
                WebAddress.of("api", workload.address().toString(), outbound).uri();
        Map<String, String> headers = headers();
        Optional<byte[]> patch = restart.patch(succeeded(http.get(address, headers, CALL, LARGEST)));
        if (patch.isPresent()) {
            succeeded(http.patch(address, headers, Restart.TYPE, patch.get(), CALL, 0));
        }
    }

    private Map<String, String> headers() {
        try (SecretValue resolved = references.resolve(token)) {
            String text = resolved.expose(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .strip();
            return Map.of("Authorization", "Bearer " + text, "Accept", "application/json");
        }
    }

    private String succeeded(OutboundHttp.Answer answer) {
        return switch (answer.status()) {
            case 200 -> answer.body();
            case 401 -> throw misconfigured("the API server does not accept the token; renew it");
            case 403 ->
                throw misconfigured("the token may not get and patch " + workload + "; give it a role for that");
            case 404 -> throw misconfigured("there is no " + workload + "; correct its name, or create it");
            case 409 -> throw unavailable("has a newer " + workload + " than a moment ago");
            default -> throw unavailable("answered " + answer.status());
        };
    }

    private PermanentException misconfigured(String what) {
        return new PermanentException(FailureCode.MISCONFIGURED, "channel " + name + ": " + what);
    }

    private RetryableException unavailable(String what) {
        return new RetryableException(
                FailureCode.CHANNEL_UNAVAILABLE, "the API server of channel " + name + ' ' + what);
    }
}
