package dev.lockstep.port;

import dev.lockstep.domain.ReadRule;
import java.util.Collection;

/** What the configuration in force says about unusual reads. */
public interface ReadRules {

    /** All rules, in the order of their names. */
    Collection<ReadRule> all();
}
