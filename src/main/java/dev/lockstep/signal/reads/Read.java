package dev.lockstep.signal.reads;

import dev.lockstep.domain.CredentialName;
import java.net.InetAddress;
import java.time.Instant;

/** A read that was answered. */
record Read(String identity, CredentialName credential, int version, InetAddress address, Instant at) {}
