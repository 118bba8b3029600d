package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Target;

/** Tries a secret as deeply as the credential's policy wants it. */
final class Logins {

    private Logins() {}

    /** The target's answer; a mere login is what also proves that a secret is dead. */
    static LoginResult of(Target target, Credential credential, Version version, SecretValue value) {
        return credential.policy().verification().depth() == Policy.Depth.LOGIN
                ? target.verifyDead(credential.account(version.principal()), value)
                : target.verify(credential.account(version.principal()), value);
    }
}
