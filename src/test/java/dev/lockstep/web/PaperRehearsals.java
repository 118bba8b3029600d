package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.test.context.TestComponent;

/** Keeps drills in the ledger; there is no engine behind it, and one credential is a sandbox. */
@TestComponent
class PaperRehearsals implements Rehearsals {

    static final CredentialName SANDBOX = CredentialName.of(Samples.FREE);

    private final Drills drills;

    PaperRehearsals(Drills drills) {
        this.drills = drills;
    }

    @Override
    public List<CredentialName> sandboxes() {
        return List.of(SANDBOX);
    }

    @Override
    public Optional<String> objection(CredentialName credential, Drill.Scenario scenario) {
        return credential.equals(SANDBOX) ? Optional.empty() : Optional.of(credential + " is not marked as sandbox");
    }

    @Override
    public Drill begin(CredentialName credential, Drill.Scenario scenario, String requestedBy, String reason) {
        objection(credential, scenario).ifPresent(why -> {
            throw new InvalidInput("credential", why);
        });
        return drills.open(credential, scenario, requestedBy, reason)
                .orElseThrow(() -> new Conflict("a drill with " + credential + " is under way"));
    }

    @Override
    public void cancel(long drill, String by) {
        if (!drills.cancel(drill, by)) {
            throw new Conflict("drill-" + drill + " is not running any more");
        }
    }
}
