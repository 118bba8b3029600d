package dev.lockstep.notify.kubernetes;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The change that has the pods of a workload replaced, as {@code kubectl rollout restart} makes it, with a note of the
 * version that it was made for: whoever finds that note, or that of a later change, has nothing left to do.
 *
 * @param key annotation that notes the version, one for each credential
 */
record Restart(Reason reason, Notice.About about, Instant at, String key) {

    /** How the body of the change is to be understood. */
    static final String TYPE = "application/strategic-merge-patch+json";

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    /** A key has at most 63 characters after its prefix, and the name of a credential has more. */
    private static final int DIGITS = 32;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Why pods are replaced. */
    enum Reason {
        PROMOTED(""),
        RELEASED(":released"),
        WITHDRAWN(":withdrawn");

        private final String mark;

        Reason(String mark) {
            this.mark = mark;
        }

        /** The one that a kind of notice is; empty for those that are none. */
        static Optional<Reason> of(String kind) {
            return switch (kind) {
                case "version.promoted" -> Optional.of(PROMOTED);
                case "version.released" -> Optional.of(RELEASED);
                case "version.withdrawn" -> Optional.of(WITHDRAWN);
                default -> Optional.empty();
            };
        }
    }

    static Restart of(Reason reason, Notice.About about, Instant at) {
        String name = Digests.sha256(about.ref().credential().value()).substring(0, DIGITS);
        return new Restart(reason, about, at.truncatedTo(ChronoUnit.SECONDS), "lockstep.dev/version-" + name);
    }

    /**
     * What has to be sent; empty when the workload was restarted for this change or a later one, and when the version
     * that is promoted is the one that it was restarted for last, because it was released to it.
     *
     * @param workload as the API server tells it
     * @throws JsonProcessingException when that is no object of the API
     */
    Optional<byte[]> patch(String workload) throws JsonProcessingException {
        JsonNode found = JSON.readTree(workload);
        String version = found.at("/metadata/resourceVersion").asText();
        if (version.isEmpty() || !found.at("/spec/template").isObject()) {
            throw new JsonParseException(null, "no workload");
        }
        String noted = found.at("/spec/template/metadata/annotations").path(key).asText();
        return place(noted) >= about.place() || released(noted) ? Optional.empty() : Optional.of(patchOf(version));
    }

    private boolean released(String noted) {
        return reason == Reason.PROMOTED && noted.startsWith(version(Reason.RELEASED) + '#');
    }

    private String version(Reason why) {
        return about.ref().credential() + "@" + about.ref().version() + why.mark;
    }

    /** The place in the order of changes that a note ends with; 0 when there is none. */
    private static long place(String noted) {
        String digits = noted.substring(noted.lastIndexOf('#') + 1);
        return digits.matches("[0-9]{1,18}") && digits.length() < noted.length() ? Long.parseLong(digits) : 0;
    }

    /** The version of the object goes with it, so that a change that somebody else makes meanwhile is not undone. */
    private byte[] patchOf(String resourceVersion) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").put("resourceVersion", resourceVersion);
        patch.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put(RESTARTED_AT, at.toString())
                .put(key, version(reason) + '#' + about.place());
        return patch.toString().getBytes(StandardCharsets.UTF_8);
    }
}
