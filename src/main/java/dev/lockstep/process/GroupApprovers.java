package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Approvers;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** Asks the table of approvals for the group, and the engine for those who would see its task. */
@Component
class GroupApprovers implements Approvers {

    private final ApprovalTable table;
    private final IdentityService identities;

    GroupApprovers(ApprovalTable table, IdentityService identities) {
        this.table = table;
        this.identities = identities;
    }

    @Override
    public Agreement of(Credential credential) {
        ApprovalTable.Answer answer =
                table.ask(RotationDesk.PROCESS, credential, ApprovalTable.PERSON, Operation.REQUESTED);
        return new Agreement(answer.group(), members(Groups.of(answer.group(), credential.name())));
    }

    private List<String> members(String groups) {
        return Stream.of(groups.split(","))
                .filter(group -> !group.isEmpty())
                .map(group -> identities.createUserQuery().memberOfGroup(group).list())
                .flatMap(Collection::stream)
                .map(User::getId)
                .distinct()
                .sorted()
                .toList();
    }
}
