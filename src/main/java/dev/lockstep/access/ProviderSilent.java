package dev.lockstep.access;

import org.springframework.security.authentication.AuthenticationServiceException;

/** The provider does not answer, or answers what nobody understands. */
final class ProviderSilent extends AuthenticationServiceException {

    private static final long serialVersionUID = 1L;

    ProviderSilent(Throwable cause) {
        super("the OpenID provider does not answer", cause);
    }
}
