package dev.lockstep.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many logins may fail from one address, {@code lockstep.access.login-rate.*}.
 *
 * @param failures so many within that time are one too many
 * @param within how long they count, and how long the address then has to wait at most
 */
@ConfigurationProperties("lockstep.access.login-rate")
record LoginRateRules(
        @DefaultValue("100") int failures,
        @DefaultValue("10m") Duration within) {

    LoginRateRules {
        if (failures < 1 || within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "lockstep.access.login-rate: failures is at least 1, and within between a second and a day");
        }
    }
}
