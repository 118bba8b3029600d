package dev.lockstep.port;

/** How long programs wait for the secrets that they read at this node. */
public interface ReadTimes {

    /** Whether, within the last moments, more of them than a few have waited longer than they usually do. */
    boolean late();
}
