package dev.lockstep.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is unusual about reads of some credentials.
 *
 * @param credentials patterns of names, {@code *} for any text
 * @param networks where reads come from usually; anywhere when empty
 * @param windows when they are made usually; at any time when empty
 * @param rate how many one reader usually makes of one credential; any number when empty
 * @param strangers whether a reader that is no consumer of the credential is unusual
 * @param retired whether reading a version that is out of use is unusual
 * @param confidence how sure a signal of this rule is
 */
public record ReadRule(
        String name,
        List<String> credentials,
        List<Network> networks,
        List<Window> windows,
        Optional<Rate> rate,
        boolean strangers,
        boolean retired,
        Signal.Confidence confidence) {
    public ReadRule {
        credentials = List.copyOf(credentials);
        networks = List.copyOf(networks);
        windows = List.copyOf(windows);
    }

    /** Whether it is about the credential. */
    public boolean covers(CredentialName credential) {
        return credentials.stream().anyMatch(pattern -> Glob.matches(pattern, credential.value()));
    }

    /** Whether reads are usual at this moment. */
    public boolean usual(Instant at) {
        return windows.isEmpty()
                || windows.stream().anyMatch(window -> !window.first(at).from().isAfter(at));
    }
}
