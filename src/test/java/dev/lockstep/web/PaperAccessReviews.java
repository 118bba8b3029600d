package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.lifecycle.CollectEvidence;
import dev.lockstep.port.AccessReviews;
import dev.lockstep.port.Approvers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Collects the real evidence and remembers who is being asked; there is no engine behind it. */
@TestComponent
@Import(CollectEvidence.class)
class PaperAccessReviews implements AccessReviews {

    final List<String> asked = new CopyOnWriteArrayList<>();

    private final CollectEvidence evidence;

    PaperAccessReviews(CollectEvidence evidence) {
        this.evidence = evidence;
    }

    @Bean
    static Approvers approvers() {
        return credential -> new Approvers.Agreement("approvers", List.of("anna"));
    }

    @Override
    public List<Evidence> evidence() {
        return evidence.owners().stream().map(evidence::run).toList();
    }

    @Override
    public List<String> asked() {
        return asked;
    }

    @Override
    public List<String> begin(String requestedBy) {
        if (!asked.isEmpty()) {
            throw new Conflict("nobody owns a credential who is not being asked already");
        }
        asked.addAll(evidence.owners());
        return List.copyOf(asked);
    }
}
