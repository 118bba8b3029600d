package dev.lockstep.port;

import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.Signal;
import java.util.List;
import java.util.Map;

/** Checks and reads what one source delivers; keeps nothing of it. */
public interface ReportReader {

    /**
     * Checks who it is from before it looks at what it says.
     *
     * @param headers by lower-case names
     * @param body exactly as it came
     * @throws dev.lockstep.domain.Untrusted when it is not from the source, or not from now
     * @throws dev.lockstep.domain.InvalidInput when it is from the source and cannot be understood
     * @throws dev.lockstep.domain.RetryableException when it cannot be checked at the moment
     */
    Delivery read(Map<String, String> headers, byte[] body);

    /**
     * What was delivered.
     *
     * @param id the same whenever the same is sent again; covered by the signature
     * @param sender what sort of source it is
     * @param findings to be closed by whoever takes them
     * @param feedback whether the source wants to know which findings are genuine
     */
    record Delivery(String id, Signal.Source sender, List<LeakFinding> findings, boolean feedback) {
        public Delivery {
            findings = List.copyOf(findings);
        }
    }
}
