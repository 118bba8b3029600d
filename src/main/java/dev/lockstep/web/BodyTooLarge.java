package dev.lockstep.web;

import java.io.IOException;

/** The body of a request goes on after the most that is read. */
final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge() {
        super("the body is too large");
    }
}
