package dev.lockstep.port;

import dev.lockstep.domain.SignalSource;
import java.util.List;
import java.util.Map;

/** Takes what other systems report by themselves. */
public interface ReportDesk {

    /**
     * Checks a delivery, and reports what concerns credentials of ours to the emergency process. The same delivery
     * again changes nothing and is answered in the same way, also when the first one was cut off half way.
     *
     * @param headers by lower-case names
     * @param body exactly as it came; nothing of it is kept
     * @return what the source wants to know of each finding; nothing when it wants to know nothing
     * @throws dev.lockstep.domain.Untrusted when it is not from the source, or not from now
     * @throws dev.lockstep.domain.InvalidInput when it is from the source and cannot be understood
     * @throws dev.lockstep.domain.RetryableException when it has to be sent again later
     */
    List<Feedback> take(SignalSource source, Map<String, String> headers, byte[] body);

    /**
     * What became of a finding.
     *
     * @param hash SHA-256 of the value in lower-case hex
     * @param type what the source calls this sort of secret
     * @param genuine whether it is or was the value of a credential of ours
     */
    record Feedback(String hash, String type, boolean genuine) {}
}
