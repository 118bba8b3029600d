package dev.lockstep.delivery;

import dev.lockstep.domain.Identity;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Standing;
import java.net.InetAddress;
import java.util.Map;

/**
 * Who asks: a valid token, and the identity that it stands for.
 *
 * @param from where the request came from
 * @param standing how what it came for stood when it came; empty when it came for something else
 */
record Caller(
        ReaderTokens.Token token, Identity identity, InetAddress from, Map<Readings.Question, Standing> standing) {}
