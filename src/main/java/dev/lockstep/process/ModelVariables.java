package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;

/** The variables that the shipped models share with the delegates: references and decisions, never a secret. */
final class ModelVariables {

    /** Number of the operation in the ledger; the only variable every instance of an operation carries. */
    static final String OPERATION = "operation";

    /** Number of the incident in the ledger; the only variable every instance of an emergency revocation carries. */
    static final String INCIDENT = "incident";

    /** Name of the target that an outage is about. */
    static final String TARGET = "target";

    /** Name of the credential that a finding is about. */
    static final String CREDENTIAL = "credential";

    /** Number of the drill in the ledger. */
    static final String DRILL = "drill";

    /** What a person has chosen in the form of a task. */
    static final String CHOICE = "choice";

    private ModelVariables() {}

    static long operation(DelegateExecution execution) {
        return number(execution, OPERATION);
    }

    static long incident(DelegateExecution execution) {
        return number(execution, INCIDENT);
    }

    static long drill(DelegateExecution execution) {
        return number(execution, DRILL);
    }

    private static long number(DelegateExecution execution, String name) {
        if (execution.getVariable(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("there is no variable '" + name
                + "': only Lockstep itself starts such a process; it cannot be tried out or started by hand");
    }

    static String target(DelegateExecution execution) {
        return (String) execution.getVariable(TARGET);
    }

    static CredentialName credential(DelegateExecution execution) {
        return CredentialName.of((String) execution.getVariable(CREDENTIAL));
    }

    /** Whether a person has chosen this way; a later round that nobody chooses does not find the choice any more. */
    static boolean takeChoice(DelegateExecution execution) {
        boolean chosen = execution.hasVariable(CHOICE);
        execution.removeVariable(CHOICE);
        return chosen;
    }

    /** Decisions are needed only until the next wait state, so they are not written to the database. */
    static void decide(DelegateExecution execution, Map<String, Object> decisions) {
        decisions.forEach((name, value) -> execution.setVariable(name, Variables.untypedValue(value, true)));
    }

    /** Facts are for humans and for the record. */
    static void note(DelegateExecution execution, Map<String, Object> facts) {
        facts.forEach(execution::setVariable);
    }
}
