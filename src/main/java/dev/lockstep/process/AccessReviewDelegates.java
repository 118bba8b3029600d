package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.lifecycle.CollectEvidence;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks of the access review. */
@Configuration(proxyBeanMethods = false)
class AccessReviewDelegates {

    @Bean
    JavaDelegate findOwnersDelegate(AccessReviewDesk desk, AuditTrail audit, Clock clock) {
        return execution -> {
            List<String> owners = desk.free();
            String review = "access-review-" + LocalDate.ofInstant(clock.instant(), clock.getZone());
            execution.setProcessBusinessKey(review);
            decide(execution, Map.of("owners", owners));
            audit.append(new AuditEvent(
                    Objects.toString(execution.getVariable("requestedBy"), "schedule"),
                    "access-review.begin",
                    AuditEvent.Phase.FACT,
                    review,
                    null,
                    Map.of("owners", Integer.toString(owners.size()))));
        };
    }

    @Bean
    JavaDelegate collectEvidenceDelegate(CollectEvidence step, AccessFacts facts) {
        return execution -> facts.of(step.run(owner(execution))).forEach(execution::setVariableLocal);
    }

    @Bean
    JavaDelegate recordAccessReviewDelegate(AuditTrail audit, HistoryService history) {
        return execution -> audit.append(new AuditEvent(
                LastHand.of(history, execution, "ReviewAccess"),
                "access-review.answer",
                AuditEvent.Phase.FACT,
                owner(execution),
                null,
                Map.of(
                        "verdict", String.valueOf(execution.getVariable("accessVerdict")),
                        "credentials", String.valueOf(execution.getVariable("credentialCount")),
                        "evidenceOf", String.valueOf(execution.getVariable("collectedAt")))));
    }

    private static String owner(DelegateExecution execution) {
        return String.valueOf(execution.getVariable(AccessReviewDesk.OWNER));
    }
}
