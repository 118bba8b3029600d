package dev.lockstep.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions of pages and webapps last, {@code lockstep.access.session.*}.
 *
 * @param idle one that nobody uses for so long ends
 * @param longest and one that began so long ago, however busy it is
 */
@ConfigurationProperties("lockstep.access.session")
record SessionRules(
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration longest) {

    SessionRules {
        if (idle.toSeconds() < 60 || longest.compareTo(idle) < 0) {
            throw new IllegalArgumentException(
                    "lockstep.access.session: idle is at least a minute, and longest at least as long as idle");
        }
    }
}
