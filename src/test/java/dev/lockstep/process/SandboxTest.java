package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Rehearsals;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Which credentials drills may be made with, on the embedded database. */
@ProcessTest
@Import(RotationStand.class)
class SandboxTest {

    @Autowired
    RotationStand stand;

    @Autowired
    Rehearsals rehearsals;

    @Test
    void aSandboxAtRestMayBeUsedForAllButALostNode() {
        CredentialName sandbox = stand.adopted(Given.policy().sandbox()).name();
        assertThat(rehearsals.sandboxes()).containsExactly(sandbox);
        for (Drill.Scenario scenario : Drill.Scenario.values()) {
            if (scenario != Drill.Scenario.LOST_NODE) {
                assertThat(rehearsals.objection(sandbox, scenario)).isEmpty();
            }
        }
        assertThat(rehearsals.objection(sandbox, Drill.Scenario.LOST_NODE))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("the embedded database can be opened by one process only")
                        .contains("needs PostgreSQL"));
        assertThatThrownBy(() -> rehearsals.begin(sandbox, Drill.Scenario.LOST_NODE, "carol", "a test"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("needs PostgreSQL");
    }

    @Test
    void whatIsNotMarkedIsNoSandbox() {
        CredentialName earnest = stand.adopted(Given.policy()).name();
        assertThat(rehearsals.sandboxes()).isEmpty();
        assertThatThrownBy(() -> rehearsals.begin(earnest, Drill.Scenario.DEAD_TARGET, "carol", "a test"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(earnest + " is not marked as sandbox; drills are made only with credentials that have the"
                        + " label sandbox: \"true\"");
    }

    @Test
    void aSandboxThatSharesItsAccountOrValueIsNone() {
        Credential sandbox = stand.adopted(Given.policy().sandbox());
        Credential other = stand.alsoAdopted(Given.policy());
        assertThat(rehearsals.objection(sandbox.name(), Drill.Scenario.LEAK))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("a sandbox stands alone")
                        .contains(other.name().value()));
    }

    @Test
    void aSandboxInTheMidstOfSomethingIsLeftAlone() {
        Credential sandbox = stand.adopted(Given.policy().sandbox());
        stand.request(sandbox);
        assertThatThrownBy(() -> rehearsals.begin(sandbox.name(), Drill.Scenario.LEAK, "carol", "a test"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("is under way");
        Credential contained = stand.adopted(Given.policy().sandbox());
        stand.inventory.mark(contained.name(), CredentialStatus.CONTAINED);
        assertThat(rehearsals.objection(contained.name(), Drill.Scenario.DEAD_TARGET))
                .hasValueSatisfying(why -> assertThat(why).contains("is not in use"));
    }

    @Test
    void oneDrillAtATime() {
        CredentialName sandbox = stand.adopted(Given.policy().sandbox()).name();
        Drill drill = rehearsals.begin(sandbox, Drill.Scenario.DEAD_TARGET, "carol", "a test");
        assertThat(rehearsals.objection(sandbox, Drill.Scenario.LEAK)).contains(drill.label() + " is under way");
        rehearsals.cancel(drill.id(), "carol");
    }
}
