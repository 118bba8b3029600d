package dev.lockstep.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the configuration is.
 *
 * @param configDir the directory with policies, targets, stores and credentials
 * @param minimumInterval no policy may rotate more often
 * @param config what becomes of changes in the directory
 */
@ConfigurationProperties("lockstep")
record PolicyProperties(
        @DefaultValue("./config") String configDir,
        @DefaultValue("PT1M") Duration minimumInterval,
        @DefaultValue Changes config) {

    /**
     * What becomes of changes in the directory.
     *
     * @param reload whether they are looked at, and what is done then
     * @param interval how often; a change has to lie still for that long before it is looked at
     */
    record Changes(
            @DefaultValue("plan") Reload reload,
            @DefaultValue("PT5S") Duration interval) {}

    /** What is done about files that differ from what is in force. */
    enum Reload {
        /** They are put in force at start only. */
        OFF,
        /** They are planned, and somebody applies the plan. */
        PLAN,
        /** They are put in force. */
        APPLY
    }
}
