package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import java.net.InetAddress;
import java.time.Instant;

/** Looks at who reads what; what is unusual becomes a signal. */
public interface ReadWatch {

    /**
     * Notes a read that was answered, or one of a version that is over. Returns at once, never fails and never waits:
     * when more reads come than can be looked at, some are counted and left out.
     *
     * @param identity who has read, as consumers are named
     * @param version that was served, or asked for
     * @param address where the request came from
     */
    void read(String identity, CredentialName credential, int version, InetAddress address, Instant at);
}
