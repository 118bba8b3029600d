package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;

/** Who gets a task: a group as a whole, and those of its members whose role is limited to one environment. */
final class Groups {

    private static final String SEPARATOR = ",";

    private Groups() {}

    /** Candidate groups as the engine reads them, separated by a comma. */
    static String of(String group, CredentialName credential) {
        return group.isEmpty() ? "" : String.join(SEPARATOR, group, limited(group, credential));
    }

    /** The part of a group whose role is limited to the environment of the credential. */
    static String limited(String group, CredentialName credential) {
        return group + '-' + credential.environment();
    }
}
