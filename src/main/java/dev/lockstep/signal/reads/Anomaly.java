package dev.lockstep.signal.reads;

import dev.lockstep.domain.ReadRule;

/**
 * Something unusual about a read.
 *
 * @param what in words, as people are told
 */
record Anomaly(ReadRule rule, Sort sort, Read read, String what) {

    /** What is unusual. */
    enum Sort {
        NETWORK,
        HOUR,
        VOLUME,
        VERSION,
        CONSUMER
    }
}
