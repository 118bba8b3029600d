package dev.lockstep.access;

import org.springframework.security.core.AuthenticationException;

/** A personal token opens nothing, or nothing any more. */
final class TokenEnded extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    TokenEnded() {
        super("the token has ended");
    }
}
