package dev.lockstep.port;

import dev.lockstep.domain.Credential;
import java.util.List;

/** Who has to agree before something happens to a credential. */
public interface Approvers {

    /** Who has to agree to a rotation that a person asks for, by the rules in force now. */
    Agreement of(Credential credential);

    /**
     * Who has to agree.
     *
     * @param group the group that is asked; empty when nobody is
     * @param people who is in that group now, in the order of their ids
     */
    record Agreement(String group, List<String> people) {
        public Agreement {
            people = List.copyOf(people);
        }
    }
}
