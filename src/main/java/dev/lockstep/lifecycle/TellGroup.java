package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Notifier;
import dev.lockstep.port.Operations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells a group what a designer wants it to know of an operation. */
@Component
public class TellGroup {

    private final Operations operations;
    private final Workbench workbench;
    private final ObjectProvider<Notifier> notifier;

    TellGroup(Operations operations, Workbench workbench, ObjectProvider<Notifier> notifier) {
        this.operations = operations;
        this.workbench = workbench;
        this.notifier = notifier;
    }

    /**
     * Writes the notice down in the caller's transaction.
     *
     * @param group the owner of the credential when it is empty
     * @param severity as in {@link Notice}
     * @param sentence what happened, without the name of the credential
     */
    public void run(long operationId, String group, String severity, String sentence) {
        Operation operation = operations.get(operationId);
        Credential credential = workbench.credential(operation.credential());
        notifier.ifAvailable(channels -> channels.tell(new Notice(
                "process.note",
                severity,
                group.isBlank() ? credential.owner() : group,
                credential.name() + ": " + sentence,
                sentence + " This is " + operation.label() + " of " + credential.name() + ", requested by "
                        + operation.requestedBy() + ": " + operation.reason(),
                "/operations/" + operation.id())));
    }
}
