package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Policy;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Who is asked about a credential, and until when, as user tasks read it. */
final class Escalations {

    private Escalations() {}

    static Map<String, Object> of(Policy.Escalation escalation, CredentialName credential, Instant now) {
        return Map.of(
                "escalationGroup", Groups.of(escalation.group(), credential),
                "escalationDue", Date.from(now.plus(escalation.deadline())));
    }
}
