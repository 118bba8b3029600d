package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.lifecycle.DescribeDrift;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Turns what is known of a finding into what gateways, deadline and form read. */
@Component
class DriftFacts {

    private final Clock clock;

    DriftFacts(Clock clock) {
        this.clock = clock;
    }

    Map<String, Object> decision(CredentialName credential, DescribeDrift.Drift drift) {
        Map<String, Object> facts = new HashMap<>(Escalations.of(drift.escalation(), credential, clock.instant()));
        facts.put("driftNext", drift.next().name());
        return facts;
    }

    Map<String, Object> finding(DescribeDrift.Drift drift) {
        return drift.finding()
                .map(finding -> Map.<String, Object>of(
                        "failureCode", finding.code().anchor(),
                        "failureMessage", finding.detail(),
                        "since",
                                finding.foundAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                        "probedAt",
                                finding.checkedAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                        "runbook", "/runbook#" + finding.code().anchor()))
                .orElse(Map.of());
    }
}
