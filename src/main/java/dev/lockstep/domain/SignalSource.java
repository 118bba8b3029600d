package dev.lockstep.domain;

import java.util.List;

/**
 * A system that sends reports of leaks, as the configuration describes it.
 *
 * @param endpoint name, type and settings
 * @param about which credentials a report means that does not tell the value
 */
public record SignalSource(Endpoint endpoint, List<About> about) {
    public SignalSource {
        about = List.copyOf(about);
    }

    /** As its reports are addressed. */
    public String name() {
        return endpoint.name();
    }

    /** The credentials that stand for a place and a sort of secret, by every rule that fits; none when none does. */
    public List<CredentialName> credentials(String place, String type) {
        return about.stream()
                .filter(rule -> Glob.matches(rule.place(), place) && Glob.matches(rule.type(), type))
                .flatMap(rule -> rule.credentials().stream())
                .distinct()
                .toList();
    }

    /**
     * One rule; {@code *} stands for any text.
     *
     * @param place where something was found, for example a repository
     * @param type what the sender calls this sort of secret
     * @param credentials what is meant then
     */
    public record About(String place, String type, List<CredentialName> credentials) {
        public About {
            credentials = List.copyOf(credentials);
        }
    }
}
