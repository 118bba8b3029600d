package dev.lockstep.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the configuration is.
 *
 * @param configDir the directory with policies, targets, stores and credentials
 * @param minimumInterval no policy may rotate more often
 */
@ConfigurationProperties("lockstep")
record PolicyProperties(
        @DefaultValue("./config") String configDir,
        @DefaultValue("PT1M") Duration minimumInterval) {}
