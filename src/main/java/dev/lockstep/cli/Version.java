package dev.lockstep.cli;

import org.jspecify.annotations.Nullable;

/** Which version of the command line this is, as its jar says. */
final class Version {

    private static final @Nullable String PACKAGED = Version.class.getPackage().getImplementationVersion();

    static final String NUMBER = PACKAGED == null ? "unpackaged" : PACKAGED;

    static final String USER_AGENT = "lockstep-cli/" + NUMBER;

    private Version() {}
}
