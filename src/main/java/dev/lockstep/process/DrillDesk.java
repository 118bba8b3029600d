package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.lifecycle.CheckSandbox;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Begins drills and calls them off: first in the ledger, which also ends the fault; the process looks there. */
@Component
class DrillDesk implements Rehearsals {

    private static final String PROCESS = "drill";

    private final Drills drills;
    private final Catalog catalog;
    private final CheckSandbox sandbox;
    private final RuntimeService runtime;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    DrillDesk(
            Drills drills,
            Catalog catalog,
            CheckSandbox sandbox,
            RuntimeService runtime,
            AuditTrail audit,
            PlatformTransactionManager transactions) {
        this.drills = drills;
        this.catalog = catalog;
        this.sandbox = sandbox;
        this.runtime = runtime;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public List<CredentialName> sandboxes() {
        return catalog.credentials().stream()
                .filter(Drill::allows)
                .map(Credential::name)
                .toList();
    }

    @Override
    public Optional<String> objection(CredentialName credential, Drill.Scenario scenario) {
        return sandbox.unfit(credential)
                .or(() -> drills.running(credential).map(Drill::label).map(label -> label + " is under way"))
                .or(() -> sandbox.inTheWay(credential, scenario));
    }

    @Override
    public Drill begin(CredentialName credential, Drill.Scenario scenario, String requestedBy, String reason) {
        sandbox.unfit(credential).ifPresent(why -> {
            throw new InvalidInput("credential", why);
        });
        objection(credential, scenario).ifPresent(why -> {
            throw new Conflict(why);
        });
        return Objects.requireNonNull(transaction.execute(status -> {
            Drill drill = drills.open(credential, scenario, requestedBy, reason)
                    .orElseThrow(() -> new Conflict("a drill with " + credential + " is under way"));
            String instance = runtime.createProcessInstanceByKey(PROCESS)
                    .businessKey(drill.label())
                    .setVariable(ModelVariables.DRILL, drill.id())
                    .execute()
                    .getId();
            drills.bind(drill.id(), instance);
            record(requestedBy, "drill.begin", drill);
            return drills.get(drill.id());
        }));
    }

    @Override
    public void cancel(long id, String by) {
        transaction.executeWithoutResult(status -> {
            Drill drill = drills.get(id);
            if (!drills.cancel(id, by)) {
                throw new Conflict(drill.label() + " is not running any more");
            }
            record(by, "drill.cancel", drill);
        });
    }

    private void record(String actor, String action, Drill drill) {
        audit.append(new AuditEvent(
                actor,
                action,
                AuditEvent.Phase.FACT,
                drill.credential().value(),
                null,
                Map.of("drill", drill.label(), "scenario", drill.scenario().label())));
    }
}
