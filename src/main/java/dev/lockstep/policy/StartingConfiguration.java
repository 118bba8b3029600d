package dev.lockstep.policy;

import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations.Applied;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node starts with: what is in force in the ledger, or, when nothing is yet, its files. Files that differ are
 * looked at afterwards, like any other change; broken ones then hold up nothing.
 *
 * @param sources the node's files; null when they are not what it starts with
 */
record StartingConfiguration(
        Snapshot snapshot, String digest, @Nullable Sources sources) {

    private static final Logger log = LoggerFactory.getLogger(StartingConfiguration.class);

    /**
     * @param records null where there is no ledger
     * @throws ConfigurationErrors when the files are refused and no good configuration is known
     */
    static StartingConfiguration read(
            ConfigurationLoader loader, ConfigurationFiles files, @Nullable ConfigurationRecords records, Clock clock) {
        Problems problems = new Problems();
        Sources own = files.read(problems);
        Optional<Applied> applied = records == null ? Optional.empty() : records.inForce();
        String digest = own.digest();
        if (records == null || applied.isEmpty() || applied.get().digest().equals(digest)) {
            return new StartingConfiguration(loader.load(own, clock.instant(), problems), digest, own);
        }
        try {
            return kept(loader, records, applied.get().digest(), clock);
        } catch (ConfigurationErrors notUnderstood) {
            log.warn(
                    "what is in force is not accepted by this version of Lockstep, so it starts with its files: {}",
                    notUnderstood.errors().get(0));
            return new StartingConfiguration(loader.load(own, clock.instant(), problems), digest, own);
        }
    }

    private static StartingConfiguration kept(
            ConfigurationLoader loader, ConfigurationRecords records, String digest, Clock clock) {
        Sources sources = records.content(digest)
                .map(Sources::unpacked)
                .orElseThrow(() -> new IllegalStateException("the files in force are not in the ledger any more"));
        return new StartingConfiguration(loader.load(sources, clock.instant()), digest, null);
    }
}
